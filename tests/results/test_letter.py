"""What is sent to a student holds all that they are told, shows their text as text, and nothing that is not theirs."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest

from grader.course.catalogue import find_page
from grader.results.folded_hints import folded_hints
from grader.results.letter import as_html, as_markdown
from grader.results.records import SubmissionResult
from grader.results.store import read_class
from grader.results.told import submission_lines
from grader.student.faults import Frame
from tests.results.sample_class import make_out, verdicts

HOSTILE = "<script>alert(1)</script> ``` ~~~ [x](javascript:1) **b** &lt;"
MASK = {"status": "mistake", "message": f"Row 2 of your weights sums to 0.4; it says {HOSTILE}."}
WRONG = {"status": "wrong", "message": "Off in 3 of 8 numbers.", "line": 7, "fix": "axis=SECRET", "slip": "SLIP-7"}
ERROR = {
    "status": "error",
    "message": "It raised.",
    "frames": (Frame("/home/prof/stage5/heads.py", 4, "f", f"x = '{HOSTILE}'"),),
}


@pytest.fixture
def result(tmp_path: Path) -> SubmissionResult:
    said = {"scaled_attention_5.9": MASK, "update_kv_cache_general": WRONG, "split_heads_5.4": ERROR}
    people = {HOSTILE.replace("/", ""): verdicts(**said), "Someone Else": verdicts()}
    out = make_out(tmp_path / "out", people, {HOSTILE.replace("/", ""): (f"Taken from {HOSTILE}",)})
    return read_class(out)[0]


class Elements(HTMLParser):
    """Names of elements, and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.text = ""
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.ids |= {value for name, value in attrs if name == "id" and value}
        self.links += [value for name, value in attrs if name in ("href", "src") and value]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_page_shows_hostile_text_as_text_and_loads_nothing(result: SubmissionResult) -> None:
    page = as_html(result)
    seen = Elements(page)
    assert not {"script", "img", "iframe", "link", "form"} & set(seen.names)
    assert seen.text.count("<script>alert(1)<") >= 4  # name, note, message and line
    assert "default-src 'none'" in page
    assert all(link.startswith(("#", "https://")) for link in seen.links)
    assert {link[1:] for link in seen.links if link.startswith("#")} == {"mistake-5.9"} <= seen.ids


def test_the_pages_of_the_mistakes_made_are_rendered_and_no_others(result: SubmissionResult) -> None:
    seen = Elements(as_html(result))
    page = find_page("5.9")
    assert page is not None
    assert f"Mistake 5.9 · {page.title}" in seen.text
    assert [name for name in seen.ids if name.startswith("mistake-")] == ["mistake-5.9"]
    assert "**What you see" not in seen.text
    assert page.body in as_markdown(result)
    assert as_html(result).count(folded_hints("5.9")) == 1


@pytest.mark.parametrize("form", [as_html, as_markdown])
def test_a_letter_holds_no_change_no_group_no_path_and_nobody_else(form: object, result: SubmissionResult) -> None:
    text = form(result)  # type: ignore[operator]
    for secret in ("SECRET", "SLIP-7", "/home/prof", "Someone Else"):
        assert secret not in text
    assert "Off in 3 of 8 numbers" in text.replace("\\", "")


def test_markdown_shows_hostile_text_as_text(result: SubmissionResult) -> None:
    from markdown_it import MarkdownIt

    own = as_markdown(result).partition("## Mistake 5.9")[0]
    seen = Elements(MarkdownIt("commonmark").render(own))
    assert not {"script", "a", "strong b", "del"} & set(seen.names)
    assert seen.text.count("<script>alert(1)<") >= 4


def test_a_letter_says_what_the_terminal_says(result: SubmissionResult) -> None:
    shown = " ".join(" ".join(line.text for line in submission_lines(result)).split())
    told = " ".join(Elements(as_html(result)).text.split())
    score = f"{result.score:g} of {result.max_score:g} points"
    for words in ("It raised.", "Row 2 of your weights sums to 0.4", "Off in 3 of 8 numbers.", score):
        assert words in shown
        assert words in told
