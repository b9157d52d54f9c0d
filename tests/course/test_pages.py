"""Every line of code on the pages runs, and every claim it makes about a mistake holds."""

import re
import warnings
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from grader.course.pages import read_pages
from tests.conftest import ROOT

SHEETS = sorted(ROOT.glob("exercises/stage*/MISTAKES.md"))
HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
FENCE = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PARTS = ("**What you see.**", "**The wrong code**", "**The idea of the fix.**")


def sections() -> list[tuple[Path, str, str]]:
    """Every section of every MISTAKES.md: the file, the heading, and the text behind as many empty lines
    as stand before it in the file, so that a traceback points to the right one."""
    found = []
    for sheet in SHEETS:
        text = sheet.read_text(encoding="utf-8")
        starts = [match.start() for match in HEADING.finditer(text)] + [len(text)]
        for begin, end in pairwise(starts):
            heading = HEADING.match(text, begin)
            assert heading is not None
            found.append((sheet, heading.group(1), "\n" * text.count("\n", 0, begin) + text[begin:end]))
    return found


def name_of(section: tuple[Path, str, str]) -> str:
    return f"{section[0].parent.name}-{section[1]}".replace(" ", "-")


def fences(text: str) -> list[str]:
    """The Python blocks of a section, each behind as many empty lines as stand before it in the file."""
    return ["\n" * text.count("\n", 0, match.start(1)) + match.group(1) for match in FENCE.finditer(text)]


def run(sheet: Path, text: str) -> None:
    """Run the blocks of one section one after the other in one namespace, in which `np` is numpy."""
    namespace: dict[str, object] = {"np": np}
    for fence in fences(text):
        exec(compile(fence, str(sheet), "exec"), namespace)


@pytest.mark.parametrize("section", sections(), ids=name_of)
def test_code_of_a_section_runs_and_its_claims_hold(section: tuple[Path, str, str]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        run(section[0], section[2])


@pytest.mark.parametrize("section", sections(), ids=name_of)
def test_section_claims_something_that_runs(section: tuple[Path, str, str]) -> None:
    code = "".join(fences(section[2]))
    assert code.count("assert ") >= 2, "a page shows that the wrong code misbehaves and that the right does not"


@pytest.mark.parametrize("section", sections(), ids=name_of)
def test_section_has_the_parts_of_a_page(section: tuple[Path, str, str]) -> None:
    sheet, heading, text = section
    assert re.fullmatch(r"Mistake \d+", heading), "the heading is what makes the link #mistake-N"
    for part in PARTS:
        assert part in text, f"{sheet.parent.name}, {heading}: {part} is missing"


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.parent.name)
def test_pages_are_numbered_from_one_without_a_gap(sheet: Path) -> None:
    stage = sheet.parent.name.removeprefix("stage")
    pages = read_pages(sheet)
    assert list(pages) == [f"{stage}.{number}" for number in range(1, len(pages) + 1)]
    assert all(page.title and page.body for page in pages.values())


@pytest.mark.parametrize(
    ("line", "sources"),
    [
        ("Seen in 9 public sources.", 9),
        ("Seen in 10 public sources.  ", 10),
        ("It was seen in 9 public sources.", None),
        ("Seen in many public sources.", None),
        ("Text.", None),
    ],
)
def test_a_page_that_names_its_sources_is_wild(tmp_path: Path, line: str, sources: int | None) -> None:
    sheet = tmp_path / "MISTAKES.md"
    sheet.write_text(f"# Stage\n\n## Mistake 1\n\n**3.1 · A title**\n\n{line}\n\nMore.\n", encoding="utf-8")
    page = read_pages(sheet)["3.1"]
    assert (page.sources, page.wild) == (sources, sources is not None)


def test_a_false_claim_is_caught() -> None:
    with pytest.raises(AssertionError):
        run(Path("page.md"), "```python\nx = np.ones(2)\n```\ntext\n```python\nassert x.sum() == 3\n```\n")
