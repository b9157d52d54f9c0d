"""Workflow commands, outputs and log lines of a GitHub Actions step.

Source: docs.github.com, "Workflow commands for GitHub Actions", and actions/runner, `ActionCommand.cs`: a
command is a line that begins with `::` after white space, or that holds `##[` anywhere.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path

from grader.results.escape import one_line


def command(name: str, properties: Mapping[str, str | int], message: str) -> str:
    """One workflow command, every value escaped."""
    listed = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{name} {listed}::{_data(message)}"


def log_line(text: str) -> str:
    """`text` as a line that the runner prints and never obeys."""
    return one_line(text, limit=2000)


def silenced(lines: Iterable[str]) -> list[str]:
    """Log lines between two commands that stop all others; nobody can guess the word that resumes them."""
    word = secrets.token_hex(16)
    return [f"::stop-commands::{word}", *(log_line(line) for line in lines), f"::{word}::"]


def append(variable: str, values: Mapping[str, str]) -> bool:
    """Sets `key=value` lines in the file that an environment variable names; False where there is none.

    Values hold no line breaks: base64, names and numbers.
    """
    if any("\n" in value or "\r" in value for value in values.values()):
        raise ValueError("a value of a step's output must be one line")
    return append_text(variable, "".join(f"{key}={value}\n" for key, value in values.items()))


def append_text(variable: str, text: str) -> bool:
    """Adds `text` to the file that an environment variable names; False where there is none."""
    file = os.environ.get(variable)
    if not file:
        return False
    with Path(file).open("a", encoding="utf-8") as stream:
        stream.write(text)
    return True


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
