"""What a mistake does to a curve is told on its page as it was measured, and summed up in the docs and the README."""

from __future__ import annotations

import pytest

from benchmarks.effect_words import (
    HEADING,
    MILESTONES,
    UNUSED,
    answers_of,
    argument,
    by_mistake,
    kind,
    paragraph,
    summary,
    table,
)
from benchmarks.milestone_effects import effect, kept, to_measure
from grader.course.catalogue import stages
from tests.conftest import ROOT

PAGES = {mistake: page.body for stage in stages() for mistake, page in stage.pages.items()}
EFFECTS = by_mistake(kept())


def test_every_documented_mistake_has_its_paragraph_as_measured() -> None:
    assert {mistake for mistake, body in PAGES.items() if HEADING in body} == {*EFFECTS, *UNUSED}
    for mistake in (*EFFECTS, *UNUSED):
        assert paragraph(mistake, EFFECTS) in PAGES[mistake], f"{mistake}: python -m benchmarks.milestone_effects write"


def test_the_table_and_the_summary_are_those_of_the_measurements() -> None:
    page = (ROOT / "docs" / "milestones.md").read_text(encoding="utf-8")
    assert table(EFFECTS) in page
    assert summary(EFFECTS) in page
    assert argument(EFFECTS) in (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_answer_that_a_model_uses_was_measured() -> None:
    known = {(one["milestone"], one["mistake"], one["answer"]) for one in kept()}
    # An answer that is kept later need not be measured at once; most are.
    wanted = [
        (m, mistake, answer.name) for m, mistake, answer in to_measure() if m in MILESTONES and mistake != "right"
    ]
    assert sum(one in known for one in wanted) >= 0.9 * len(wanted)


def test_right_answers_were_as_the_reference() -> None:
    runs = [one for one in kept() if one["mistake"] == "right" and (one["stop"] or one["reached"])]
    assert len(runs) > 300
    assert [(one["milestone"], one["answer"]) for one in runs if kind(one) != "invisible"] == []


@pytest.mark.parametrize("mistake", UNUSED)
def test_a_mistake_in_a_function_that_no_model_uses_is_invisible(mistake: str) -> None:
    first, *_ = answers_of(mistake)
    assert kind({"milestone": "6", **effect("6", first)}) == "invisible"


@pytest.mark.long
def test_every_mistake_in_a_function_that_no_model_uses_is_invisible() -> None:
    answers = [answer for mistake in UNUSED for answer in answers_of(mistake)]
    assert {kind({"milestone": "6", **effect("6", answer)}) for answer in answers} == {"invisible"}


@pytest.mark.long
def test_every_right_answer_is_as_the_reference_in_all_milestones() -> None:
    off = []
    for milestone, mistake, answer in to_measure():
        if mistake == "right":
            found = {"milestone": milestone, **effect(milestone, answer)}
            # A style too slow for a minute of training says so, and is nothing else.
            if (found["stop"] or found["reached"]) and kind(found) != "invisible":
                off.append((milestone, answer.name, found))
    assert off == []
