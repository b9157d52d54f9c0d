"""The step's summary: readable, complete within its limit, and free of the student's markup."""

from __future__ import annotations

from grader.frontends.github.summary import LIMIT, page_url, summary
from grader.results.picture import Picture, panel
from grader.student.faults import Frame

from .sample import HOSTILE, check, submission


def test_the_summary_is_as_written_by_hand() -> None:
    result = submission(
        [
            check("passed", id="5.1"),
            check("blocked", id="5.8", message="5.9 hides this."),
            check(
                "mistake",
                id="5.9",
                message="Row 2 sums to 0.41.",
                question="What must the softmax see?",
                where=Frame("exercises/stage5/scaled_attention.py", 6, "scaled_attention"),
            ),
            check("passed", 1.5, id=None, exercise="merge_heads"),
            check("todo", id="5.4", exercise="split_heads"),
            check("todo", id=None, exercise="split_heads"),
        ]
    )
    titles = {"5.9": "Mask applied after softmax"}
    assert summary(result, "https://github.com/course/repo/blob/abc/", titles) == (
        "## 2.5 of 6.5 points\n"
        "\n"
        "| exercise | checks | points |\n"
        "| --- | --- | --- |\n"
        "| scaled\\_attention | 🟢 5.1 ⚪ 5.8 🔴 5.9 | 1 of 3 |\n"
        "| merge\\_heads | 🟢 result | 1.5 of 1.5 |\n"
        "| split\\_heads | ⚪ 5.4 ⚪ result | 0 of 2 |\n"
        "\n"
        "🟢 passed · 🔴 a mistake, a wrong result, an error or no answer in time · ⚪ waits for another, or is to do\n"
        "\n"
        "### 5.9 scaled\\_attention: Mask applied after softmax\n"
        "\n"
        "scaled\\_attention.py:6\n"
        "\n"
        "Row 2 sums to 0.41.\n"
        "\n"
        "> What must the softmax see?\n"
        "\n"
        "[The page about this mistake](<https://github.com/course/repo/blob/abc/"
        "exercises/stage5/MISTAKES.md#mistake-2>) (`misstep explain 5.9`)\n"
        "\n"
        "Waiting for what is said above: 5.8 scaled\\_attention.\n"
        "\n"
        "Not filled in yet: split\\_heads.\n"
        "\n"
    )


def test_named_mistakes_stand_before_everything_else() -> None:
    text = summary(submission([check("timeout"), check("todo"), check("error"), check("mistake")]))
    places = [text.index(words) for words in (": mistake\n", ": error\n", ": timeout\n", "Not filled in yet")]
    assert places == sorted(places)


def test_what_several_checks_say_is_said_once() -> None:
    syntax = "SyntaxError: '(' was never closed (line 3)"
    text = summary(submission([check("error", message=syntax, id=name) for name in ("5.1", "5.2", None)]))
    assert text.count("was never closed") == 1


def test_hostile_text_is_shown_as_text() -> None:
    text = summary(submission([check("error", message=HOSTILE)]))
    assert "<script>" not in text
    assert "@teacher" not in text
    assert "\x1b" not in text
    assert not [line for line in text.splitlines() if line.startswith("::")]


def test_a_long_summary_is_cut_at_a_block_and_says_so() -> None:
    text = summary(submission([check("error", message=f"{n} x " * 3000) for n in range(300)]))
    assert len(text) < LIMIT + 200
    assert "more; run pytest to read them." in text


def test_relative_links_lead_to_the_commit_that_was_graded() -> None:
    values = {"GITHUB_SERVER_URL": "https://github.com", "GITHUB_REPOSITORY": "c/r", "GITHUB_SHA": "abc"}
    assert page_url(values) == "https://github.com/c/r/blob/abc/"
    assert page_url({}) == ""


def test_a_link_with_an_address_is_left_alone() -> None:
    result = submission([check("mistake", link="https://example.org/MISTAKES.md#mistake-2")])
    assert "(<https://example.org/MISTAKES.md#mistake-2>)" in summary(result, "https://github.com/x/")


def test_the_students_own_lines_are_shown_and_hold_no_markup() -> None:
    frames = (
        Frame("stage5/heads.py", 3, "split_heads", "return f(x)"),
        Frame("stage5/heads.py", 9, "f", "x @ x  # </pre><script>alert(1)</script>"),
    )
    text = summary(submission([check("error", message="ValueError: shapes", frames=frames)]))
    shown = text.partition("<pre>")[2].partition("</pre>")[0].splitlines()
    assert [line.strip() for line in shown[:3]] == ["heads.py:3 in split_heads", "return f(x)", "heads.py:9 in f"]
    assert "<script>" not in text
    assert "&lt;/pre&gt;" in shown[3]


def test_the_picture_is_a_table_that_marks_what_may_not_be() -> None:
    yours = panel("yours", [[0.5, 0.5], [0.25, 0.5]], masked=[(0, 1)], marked=[(0, 1)])
    expected = panel("expected", [[1.0, 0.0], [0.25, 0.75]], masked=[(0, 1)])
    drawn = Picture("attention", "Your weights.", "query", "key", (yours, expected))
    text = summary(submission([check("mistake", id="5.9", picture=drawn)]))
    assert "| query | key 0 | key 1 | sum |" in text
    assert "| 0 | 0.50 | 🟥 0.50 | 1.00 |" in text
    assert "| 1 | 0.25 | 0.50 | ✗ 0.75 |" in text
    assert "| 0 | 1.00 | ▨ | 1.00 |" in text
    assert "🟥 weight where none belongs · ✗ the row does not sum to 1" in text
