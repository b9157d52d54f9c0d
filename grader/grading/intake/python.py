"""A Python file of a submission as a source: its text as UTF-8, or what it is instead."""

from __future__ import annotations

from grader.grading.intake.encodings import as_utf8
from grader.grading.intake.files import MAX_SOURCE, kind_of
from grader.grading.intake.tree import File
from grader.student.source import Source


def python_source(file: File, shown: str) -> tuple[Source, list[str]]:
    """The source, called `shown` in feedback, and notes where its encoding was guessed."""
    content, problem = file.read(MAX_SOURCE)
    problem = problem or _no_python(file.name, content)
    if problem:
        return Source(shown, problem=problem), []
    text, note, problem = as_utf8(content, file.name)
    return (Source(shown, problem=problem) if problem else Source(shown, (text,))), [note] if note else []


def _no_python(name: str, content: bytes) -> str:
    kind = kind_of(content)
    if kind:
        return f"{name} is {kind}, not a Python file; hand in your code as text"
    if content.lstrip()[:1] == b"{" and b'"cells"' in content[:10_000]:
        return f"{name} is a notebook under another name; hand it in as .ipynb"
    return ""
