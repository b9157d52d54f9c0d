"""A class small enough to write every expected export by hand."""

from __future__ import annotations

from grader.results.formats.roster import Student
from grader.results.records import SubmissionResult
from grader.results.verdict import Verdict

PAGE = "exercises/stage5/MISTAKES.md#mistake-9"
SYNTAX = "SyntaxError: '(' was never closed (line 3)"

MARY = SubmissionResult(
    submission="attention-mary",
    score=2.5,
    max_score=3.5,
    checks=(
        Verdict("5.2", "scaled_attention", 5, "passed", 1, 1),
        Verdict("5.9", "scaled_attention", 5, "mistake", 0, 1, "Row 2 sums to 0.41 & not 1.", PAGE),
        Verdict(None, "merge_heads", 5, "passed", 1.5, 1.5),
    ),
)
# Everything in this submission that reaches an export was chosen by its author.
EVIL = SubmissionResult(
    submission="=HYPERLINK(0)",
    score=0,
    max_score=3.5,
    checks=(
        Verdict("5.2", "scaled_attention", 5, "error", 0, 1, "ValueError: <b>\x1b[31m|\n::error::x", None),
        Verdict("5.9", "scaled_attention", 5, "blocked", 0, 1, "5.2 hides this."),
        Verdict(None, "merge_heads", 5, "todo", 0, 1.5, "Not filled in."),
    ),
)
BROKEN = SubmissionResult(
    submission="attention-tom",
    score=0,
    max_score=2,
    checks=(
        Verdict("5.2", "scaled_attention", 5, "error", 0, 1, SYNTAX),
        Verdict("5.9", "scaled_attention", 5, "error", 0, 1, SYNTAX),
    ),
)
CLASS = [MARY, EVIL]
ROSTER = [
    Student(username="mary", email="mary@example.org", id="17", name="Mary Miller", section="A"),
    Student(username="tom", email="tom@example.org", id="18", name="+Tom", section="A"),
]
