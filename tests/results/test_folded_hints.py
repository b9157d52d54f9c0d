"""Hints as HTML: folded one in the other, wherever a mistake is named in HTML."""

from __future__ import annotations

import html
import re

import pytest

from grader.course.catalogue import find_page, stages
from grader.course.hints import hints
from grader.frontends.notebooks.show import shown
from grader.results.folded_hints import folded_hints
from grader.results.verdict import Verdict


@pytest.mark.parametrize("mistake", [mistake for each in stages() for mistake in each.pages])
def test_a_step_is_inside_the_one_before_and_its_text_is_the_hints(mistake: str) -> None:
    block = folded_hints(mistake)
    assert re.findall(r"Hint (\d) of 3", block) == ["1", "2", "3"]
    assert block.endswith("</details>" * 3)
    assert " open" not in re.sub(r">[^<]*<", "><", block)
    text = html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"<summary>.*?</summary>", "", block)))
    assert text == "".join(hints(mistake)).replace("`", "")


def test_what_is_no_mistake_has_none() -> None:
    assert folded_hints("5.99") == folded_hints("") == ""


def test_a_notebook_folds_the_hints_of_a_mistake_and_of_nothing_else() -> None:
    page = find_page("5.9")
    assert page is not None

    def told(status: str) -> str:
        verdict = Verdict("5.9", "scaled_attention", 5, status, 0.0, 1.0, "Row 3 sums to 0.275.", page.link)
        return shown(verdict, [verdict]).html

    assert re.findall(r"<summary>.*?</div>", folded_hints("5.9")) == re.findall(r"<summary>.*?</div>", told("mistake"))
    assert all("<details" not in told(status) for status in ("wrong", "error", "blocked", "todo"))
