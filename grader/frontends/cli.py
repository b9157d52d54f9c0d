"""The command `misstep`: one subcommand per module of `grader.frontends.commands`, found by its name."""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence

from grader import __version__
from grader.course.docstrings import docstring
from grader.frontends import commands
from grader.results.escape import spell_out


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a subcommand and return its exit status."""
    spell_out(sys.stdout)
    spell_out(sys.stderr)
    names = sorted(m.name for m in pkgutil.iter_modules(commands.__path__) if not m.name.startswith("_"))
    parser = argparse.ArgumentParser(prog="misstep", description="Graded exercises that name the exact mistake.")
    python = ".".join(map(str, sys.version_info[:3]))
    version = f"misstep {__version__} (Python {python}, {sys.platform})"
    parser.add_argument("--version", action="version", version=version)
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    given = list(sys.argv[1:] if arguments is None else arguments)
    in_any_order: argparse.ArgumentParser | None = None
    for name in names:
        # Only the command that runs needs its options, but the list of commands needs every first line.
        module = importlib.import_module(f"grader.frontends.commands.{name}")
        text = docstring(module)
        command = name.replace("_", "-")
        subparser = subparsers.add_parser(command, help=text.partition("\n")[0], description=text)
        if given[:1] == [command]:
            module.add_arguments(subparser)
            if hasattr(module, "spelled_out"):
                # Actions of its own, which argparse cannot mix; theirs have no place that may be left empty.
                given[1:] = module.spelled_out(given[1:])
            else:
                in_any_order = subparser
        subparser.set_defaults(run=module.run)
    if in_any_order is None or "--" in given:
        return _run(parser.parse_args(given))
    # Unmixed, a place that may be left empty is taken as empty at the first option, and a word after it is refused.
    return _run(in_any_order.parse_intermixed_args(given[1:]))


def _run(parsed: argparse.Namespace) -> int:
    try:
        return int(parsed.run(parsed))
    except KeyboardInterrupt:
        print("misstep: stopped", file=sys.stderr)
        return 130
    except ValueError as error:
        from grader.course.errors import CourseError

        if not isinstance(error, CourseError):
            raise
        print(f"misstep: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # Whoever read our output has gone; the interpreter must not complain when it flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
