"""The page holds what students wrote as text, and a policy that lets nothing else run."""

from __future__ import annotations

import base64
import hashlib
import json
from html.parser import HTMLParser

import pytest

from grader.results.milestones import Reached
from grader.results.report.content import class_content
from grader.results.report.page import report
from tests.results.report.classes import HOSTILE, check, content, drawn_class, result


class Elements(HTMLParser):
    """The elements of a page, and the texts of its scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {"script": [], "style": []}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] in self.texts and data.strip():
            self.texts[self.tags[-1][0]].append(data)


@pytest.fixture(scope="module")
def page() -> str:
    return report(drawn_class(20), title=HOSTILE[0])


def test_no_text_of_a_student_makes_an_element(page: str) -> None:
    elements = Elements(page)
    assert [tag for tag, _ in elements.tags].count("script") == 2
    assert not {tag for tag, _ in elements.tags} & {"img", "iframe", "object", "embed", "base", "link"}
    attributes = [(name, value or "") for _, found in elements.tags for name, value in found.items()]
    assert not [name for name, _ in attributes if name.startswith("on") or name in ("src", "style", "action")]
    # Our own pages link to papers; all else leads to a place in the file.
    assert not [value for name, value in attributes if name == "href" and not value.startswith(("#", "https://"))]
    assert not [value for _, value in attributes if "example.org" in value or "owned" in value]


def test_the_policy_names_the_one_script_and_the_one_style(page: str) -> None:
    elements = Elements(page)
    (policy,) = [a["content"] for _, a in elements.tags if a.get("http-equiv") == "Content-Security-Policy"]
    for kind, text in (("script", elements.texts["script"][1]), ("style", elements.texts["style"][0])):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in (policy or "")
    assert (policy or "").startswith("default-src 'none'")
    assert "unsafe" not in (policy or "")


def test_the_data_is_json_with_every_student(page: str) -> None:
    data = json.loads(Elements(page).texts["script"][0])
    assert len(data["students"]) == 20
    assert data["students"][2]["name"] == HOSTILE[2]
    assert {len(student["marks"]) for student in data["students"]} == {len(data["columns"])}


def test_a_page_is_text_that_can_be_written_whatever_a_name_holds(page: str) -> None:
    assert "\\xff" in page.encode("utf-8").decode()
    assert "\u202e" not in page


def test_a_block_says_what_the_terminal_says() -> None:
    verdict = check(
        "mistake", id="5.4", title="Head width", message="Six and not four.", question="How wide?", link="x#y"
    )
    data = json.loads(Elements(report(content(result("ada", verdict)))).texts["script"][0])
    [[stage, [block]]] = data["students"][0]["feedback"]
    assert stage == 5
    assert block == [
        ["head", "5.4", "Head width", "heads"],
        ["text", "Six and not four."],
        ["ask", "How wide?"],
        ["link", "5.4"],
    ]


def test_the_pages_of_the_mistakes_are_in_it(page: str) -> None:
    places = [attributes.get("id") for _, attributes in Elements(page).tags]
    assert {"mistake-3.1", "mistake-5.9", "mistake-6.11"} <= set(places)


def test_of_many_slips_the_largest_are_shown_and_the_others_counted() -> None:
    alone = [result(f"student-{n}", check("wrong", slip=f"slip {n}", message=f"number {n}")) for n in range(60)]
    shared = [result(name, check("wrong", slip="shared", message="seen twice")) for name in ("ada", "bo")]
    page = report(content(*alone, *shared))
    assert page.index("seen twice") < page.index("number 0")
    assert page.count('<span class="sr"> in group') == 50
    assert "11 more, none of them larger" in page


def test_an_empty_class_has_a_page() -> None:
    assert "Nobody made a documented mistake." in report(content())


def test_what_was_reached_in_milestones_is_a_column() -> None:
    results = [result(name, check()) for name in ("ann", "bob")]
    reached = {"ann": {6: Reached("loss", 1.5, 1.2164, False)}}
    data = json.loads(Elements(report(class_content(results, {}, reached=reached))).texts["script"][0])
    assert data["milestones"] == [[6, "loss; the reference has 1.22"]]
    assert [student["reached"] for student in data["students"]] == [{"6": ["1.50 ≠", 1.5]}, {}]
