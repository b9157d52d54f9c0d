"""Options that several subcommands share, and the kinds of numbers that they take."""

from __future__ import annotations

import argparse


def at_least_one(text: str) -> int:
    """A whole number, 1 or more."""
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return value


def positive(text: str) -> float:
    """A number of seconds."""
    value = float(text)
    if not 0 < value < 1e6:
        raise argparse.ArgumentTypeError("must be more than 0")
    return value


def percent(text: str) -> float:
    """A share of 100."""
    value = float(text)
    if not 0 <= value <= 100:
        raise argparse.ArgumentTypeError("must be between 0 and 100")
    return value


def seed(text: str) -> int:
    """A seed of inputs: numpy takes none below 0."""
    value = int(text)
    if value < 0:
        raise argparse.ArgumentTypeError("must be 0 or more")
    return value


def not_negative(text: str) -> float:
    """A number of seconds, of which 0 means none."""
    value = float(text)
    if not 0 <= value < float("inf"):
        raise argparse.ArgumentTypeError("must be 0 or more")
    return value


def add_stages(parser: argparse._ActionsContainer, text: str, default: list[int] | None) -> None:
    """`--stage N`, which may be repeated and is also spelled `--stages`."""
    kind = {"dest": "stage", "metavar": "N", "type": int, "action": "append"}
    parser.add_argument("--stage", "--stages", **kind, default=default, help=text)  # type: ignore[arg-type]


def add_timeout(parser: argparse._ActionsContainer, default: float, text: str) -> None:
    """`--timeout SECONDS`, which is above 0."""
    parser.add_argument("--timeout", type=positive, default=default, metavar="SECONDS", help=text)


def add_table(parser: argparse._ActionsContainer) -> None:
    """`--sort` and `--all`, of the class's table."""
    parser.add_argument("--sort", choices=("score", "name"), default="score", help="default: worst first")
    parser.add_argument("--all", action="store_true", help="every submission and every mistake, however many")
