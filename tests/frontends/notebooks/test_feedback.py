"""What a student gets to see: pages with links and pictures, in a browser, and nothing of the hidden tests."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import checks_of
from tests.frontends.notebooks.students import ASSIGNMENT, EXPECTED

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
QUIET += ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--window-size=1100,4000"]


def page(course: Path, student: str) -> Path:
    return course / "feedback" / student / ASSIGNMENT / f"{ASSIGNMENT}.html"


def outputs(course: Path, student: str) -> dict[str, list[dict[str, Any]]]:
    text = (course / f"autograded/{student}/{ASSIGNMENT}/{ASSIGNMENT}.ipynb").read_text()
    return {cell["id"]: cell.get("outputs", []) for cell in json.loads(text)["cells"]}


class Links(HTMLParser):
    """The links inside our feedback, and the pictures."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.pictures: list[dict[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        words = dict(attrs)
        if tag == "a" and words.get("target") == "_blank" and words.get("href"):
            self.links.append(str(words["href"]))
        if tag == "img" and words.get("class") == "misstep-picture":
            self.pictures.append(words)


def test_everybody_has_a_page(graded: Path) -> None:
    assert all(page(graded, student).is_file() for student in EXPECTED)


def test_a_mistake_is_shown_with_a_link_that_leads_to_its_page_and_a_picture(graded: Path) -> None:
    found = Links(page(graded, "mask-after").read_text())
    assert found.links == ["MISTAKES.html#mistake-9"]
    target, _, anchor = found.links[0].partition("#")
    assert f'id="{anchor}"' in (page(graded, "mask-after").parent / target).read_text()
    (picture,) = found.pictures
    assert str(picture["src"]).startswith("data:image/svg+xml;base64,")
    assert str(picture["alt"]).startswith("Your attention weights")


def test_each_mistake_of_two_has_its_own_link_and_picture(graded: Path) -> None:
    found = Links(page(graded, "two-mistakes").read_text())
    assert sorted(found.links) == ["MISTAKES.html#mistake-1", "MISTAKES.html#mistake-8"]
    assert len(found.pictures) == 2


def test_who_makes_no_mistake_is_shown_none(graded: Path) -> None:
    found = Links(page(graded, "right").read_text())
    assert not found.links
    assert not found.pictures


def test_a_page_begins_with_a_summary_that_links_each_check_to_its_cell(graded: Path) -> None:
    text = page(graded, "mask-after").read_text()
    assert '<a href="#stage5-scaled_attention-5_9">✗ 5.9</a>' in text
    assert '<a href="#stage5-merge_heads-result">✓ result</a>' in text
    links = re.findall(r'<a href="#(stage5-[^"]+)">. (?:5\.\d+|result)</a>', text)
    assert len(links) == len(set(links)) == len(checks_of(5))
    assert all(f'<a name="{name}"></a>' in text for name in links)


def test_the_contents_name_the_checks(graded: Path) -> None:
    text = page(graded, "mask-after").read_text()
    contents = text.partition('<div id="toc">')[2].partition("</ol>")[0]
    assert '<a href="#stage5-scaled_attention-5_9">✗ scaled_attention: mistake 5.9</a>' in contents
    assert '<a href="#stage5-merge_heads-result">✓ merge_heads: the result</a>' in contents
    assert "Test cell" not in contents


def test_the_summary_counts_the_points_of_the_gradebook(graded: Path) -> None:
    from nbgrader.api import Gradebook

    text = page(graded, "mask-after").read_text()
    rows = re.findall(r">([\d.]+) of ([\d.]+)</td>", text)
    with Gradebook(f"sqlite:///{graded}/gradebook.db") as gradebook:
        found = gradebook.find_submission(ASSIGNMENT, "mask-after")
        assert sum(float(earned) for earned, _ in rows) == pytest.approx(found.score)
        assert sum(float(most) for _, most in rows) == pytest.approx(found.max_score)


def test_no_page_holds_a_hidden_test_or_the_seed(graded: Path) -> None:
    for student in EXPECTED:
        text = page(graded, student).read_text()
        assert "HIDDEN TESTS" not in text
        assert "hidden=True" not in text
        assert "4711" not in re.sub(r"base64,[\w+/=]+", "", text)


def test_feedback_stands_before_the_error(graded: Path) -> None:
    shown, error = outputs(graded, "mask-after")["stage5-scaled_attention-5_9"]
    assert shown["output_type"] == "display_data"
    assert "Row" in "".join(shown["data"]["text/plain"])
    assert error["output_type"] == "error"
    assert error["traceback"] == ["5.9: Mask applied after softmax"]


def test_a_student_sees_what_their_own_cells_printed_and_raised_made_harmless(graded: Path) -> None:
    printed, error = outputs(graded, "prints")["cell-5"]
    assert printed["name"] == "stdout"
    assert "".join(printed["text"]) == "<script>alert(1)</script>\\x1b[2J\n"
    assert error["ename"] == "ZeroDivisionError"
    assert "<script>alert(1)" not in page(graded, "prints").read_text()


@pytest.mark.parametrize(
    ("student", "cell", "said"),
    [
        ("exits", "cell-5", "your code ended the process (exit status 0)"),
        ("loops", "cell-5", "your code did not come to an end"),
        ("reads", "cell-1", ""),
        ("rewrites", "cell-1", "unable to open database file"),
    ],
)
def test_what_became_of_an_attack_stands_under_its_cell(student: str, cell: str, said: str, graded: Path) -> None:
    error = outputs(graded, student)[cell][-1]
    assert error["output_type"] == "error"
    assert said in error["evalue"]


def test_nothing_of_the_kit_or_the_course_can_be_read(graded: Path) -> None:
    printed = outputs(graded, "reads")["cell-1"][0]
    assert "".join(printed["text"]) == "read 0 files\n"
    assert "PermissionError" in str(outputs(graded, "rewrites")["cell-1"][0]["text"])


def test_a_broken_notebook_is_told_so(graded: Path) -> None:
    text = page(graded, "broken").read_text()
    assert "not a notebook that can be read" in text
    assert "causal_mask" in text


def test_every_graded_notebook_is_valid(graded: Path, graded_by_us: Path) -> None:
    import nbformat

    for course in (graded, graded_by_us):
        for path in sorted(course.glob(f"autograded/*/{ASSIGNMENT}/*.ipynb")):
            nbformat.validate(nbformat.read(path, as_version=4))


@pytest.mark.skipif(BROWSER is None, reason="no chromium here to open the page with")
def test_a_browser_shows_the_page_with_its_picture(graded: Path, tmp_path: Path) -> None:
    assert BROWSER is not None
    probe = tmp_path / "probe.html"
    address = page(graded, "mask-after").as_uri()
    text = page(graded, "mask-after").read_text()
    script = (
        "<script>window.addEventListener('load', () => { const img = document.querySelector('img.misstep-picture');"
        "const link = document.querySelector('.misstep-mistake a');"
        "document.title = ['drawn', img.naturalWidth, img.complete, link.href, link.getClientRects().length].join(' ');"
        "});</script>"
    )
    probe.write_text(text.replace("<head>", f'<head><base href="{address}">', 1).replace("</body>", f"{script}</body>"))
    picture = tmp_path / "page.png"
    for words in (["--dump-dom"], [f"--screenshot={picture}"]):
        command = [BROWSER, *QUIET, f"--user-data-dir={tmp_path / words[0][:8]}", *words, probe.as_uri()]
        done = subprocess.run(command, capture_output=True, text=True, timeout=90, check=False)
        if words == ["--dump-dom"]:
            (title,) = re.findall(r"<title>(drawn[^<]*)</title>", done.stdout)
            _, width, complete, link, boxes = title.split()
            assert int(width) > 300
            assert complete == "true"
            assert link == f"{address.rpartition('/')[0]}/MISTAKES.html#mistake-9"
            assert int(boxes) >= 1
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size > 20_000
