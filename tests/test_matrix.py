"""The proof of the checks: every stored answer meets every check of its stage, and each says what it should."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.course.catalogue import Exercise, Stage, stage, stages
from grader.course.points import Points
from grader.course.stored_answers import AnswerError, Shown, StoredAnswer, read_answer, stored_answers
from grader.grading.examine import Settings, examine
from grader.grading.reference import PUBLIC_SEED, Solutions
from grader.results.verdict import Verdict
from grader.student.in_process import InProcessFunctions
from grader.student.loader import Source, StageModules

SOLUTIONS = Path(__file__).resolve().parents[1] / "solutions"
ANSWERS = stored_answers(SOLUTIONS)
SEEDS, CHUNK = 300, 10
RIGHT = Shown((frozenset({"right"}),))
# How many mistakes of each stage the course documents. They are proven broadly: so many answers make each of them in
# each exercise. One that is added later may begin with a single answer.
COURSE = {3: 10, 5: 10, 6: 11}
PER_PAIR = {3: 3, 5: 4, 6: 3}
# How many right and how many undocumented wrong answers the course's own exercises need.
PER_RIGHT, PER_WRONG = {3: 4, 5: 5, 6: 4}, {3: 2, 5: 3, 6: 2}
_reference = Solutions(SOLUTIONS)


def judge(sources: dict[str, Source], exercise: Exercise, seed: int = PUBLIC_SEED) -> list[Verdict]:
    """The verdicts on one exercise of a stage."""
    settings = Settings(seed, Points(), _reference)
    functions = InProcessFunctions(StageModules(sources), watch=False)
    return [verdict for verdict, _ in examine(exercise, functions, settings, time.monotonic() + 60)]


def complaint(shown: Shown, verdicts: list[Verdict]) -> str:
    """What is wrong about the verdicts on an answer that shows this; "" where nothing is."""
    found = ", ".join(f"{v.label} {v.status}" for v in verdicts)
    told = "; ".join(v.message for v in verdicts if v.message)
    named = {v.id for v in verdicts if v.status == "mistake" and v.id}
    general = verdicts[-1].status
    if shown.kind == "right":
        fits = all(v.passed for v in verdicts)
    elif shown.kind == "degenerate":
        fits = not any(v.passed or v.points for v in verdicts)
    elif named:
        fits = shown.must <= named <= shown.may and not verdicts[-1].passed
    else:
        fits = not shown.must and general in shown.general
    return "" if fits else f"{[sorted(w) for w in shown.words]} came to: {found} ({told[:600]})"


def complaints(answer: StoredAnswer, seed: int = PUBLIC_SEED) -> list[str]:
    """Every wrong verdict on an answer's own file."""
    sources = answer.sources
    return [
        f"{answer.name} seed {seed} {exercise.name}: {said}"
        for exercise in answer.stage.exercises
        if exercise.stem == answer.stem
        if (said := complaint(answer.shows.get(exercise.name, RIGHT), judge(sources, exercise, seed)))
    ]


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.name)
def test_exactly_what_an_answer_shows_is_named(answer: StoredAnswer) -> None:
    assert complaints(answer) == []


@pytest.mark.parametrize("seed", [113, 183])
def test_two_keys_with_nearly_the_same_score_hide_no_mistake(seed: int) -> None:
    answer = next(a for a in ANSWERS if a.name == "stage5/causal_attention/visible_keys_masked")
    assert complaints(answer, seed) == []


@pytest.mark.parametrize("number", [level.number for level in stages()])
def test_the_solutions_pass_every_check(number: int) -> None:
    sources = {p.stem: Source(p.name, (p.read_bytes(),)) for p in (SOLUTIONS / f"stage{number}").glob("*.py")}
    for exercise in stage(number).exercises:
        assert [v.label for v in judge(sources, exercise) if not v.passed] == []


@pytest.mark.parametrize("number", [level.number for level in stages()])
def test_stubs_are_to_do_and_nothing_else(number: int) -> None:
    stubs = SOLUTIONS.parent / "exercises" / f"stage{number}"
    sources = {p.stem: Source(p.name, (p.read_bytes(),)) for p in stubs.glob("*.py")}
    for exercise in stage(number).exercises:
        assert {v.status for v in judge(sources, exercise)} == {"todo"}


@pytest.mark.parametrize("answer", ANSWERS[::23], ids=lambda answer: answer.name)
def test_other_files_of_the_stage_are_judged_as_ever(answer: StoredAnswer) -> None:
    sources = answer.sources
    others = [exercise for exercise in answer.stage.exercises if exercise.stem != answer.stem]
    assert [v.label for exercise in others for v in judge(sources, exercise) if v.status == "mistake"] == []


def exercise_and_mistakes() -> list[tuple[int, str, str]]:
    """(stage, exercise, mistake) for every pair that a check looks for."""
    return [(s.number, e.name, c.id) for s in stages() for e in s.exercises for c in e.checks if c.id]


def is_of_the_course(number: int, mistake: str) -> bool:
    return int(mistake.split(".")[1]) <= COURSE.get(number, 0)


@pytest.mark.parametrize(("number", "exercise", "mistake"), exercise_and_mistakes())
def test_every_mistake_of_every_exercise_has_answers_that_make_it(number: int, exercise: str, mistake: str) -> None:
    made = [a for a in of_exercise(number, exercise) if mistake in a.shows[exercise].must]
    assert len(made) >= (PER_PAIR[number] if is_of_the_course(number, mistake) else 1)


@pytest.mark.parametrize(("number", "exercise"), dict.fromkeys(p[:2] for p in exercise_and_mistakes()))
def test_every_exercise_has_right_wrong_and_degenerate_answers(number: int, exercise: str) -> None:
    shown = [a.shows[exercise] for a in of_exercise(number, exercise)]
    kinds = Counter(s.kind for s in shown)
    undocumented = [s for s in shown if s.kind == "mistaken" and not s.may]
    # One that is added later may begin with an answer of each kind.
    of_the_course = any(is_of_the_course(number, mistake) for _, e, mistake in exercise_and_mistakes() if e == exercise)
    assert kinds["right"] >= (PER_RIGHT[number] if of_the_course else 1)
    assert kinds["degenerate"] >= (5 if of_the_course else 1)
    assert len(undocumented) >= (PER_WRONG[number] if of_the_course else 1)


def of_exercise(number: int, exercise: str) -> list[StoredAnswer]:
    return [a for a in ANSWERS if a.stage.number == number and exercise in a.shows]


@pytest.mark.parametrize(("numbers", "least"), [((5,), 16), ((3, 6), 20)])
def test_enough_answers_make_two_mistakes_at_once(numbers: tuple[int, ...], least: int) -> None:
    files = [a for a in ANSWERS if a.stage.number in numbers]
    pairs = [a for a in files if sum(len(shown.must) for shown in a.shows.values()) >= 2]
    assert len(pairs) >= least


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("import numpy\n", "no line"),
        ("# shows: causal_mask\n", "needs an exercise and what"),
        ("# shows: split_heads 5.4\n", "has no exercise split_heads"),
        ("# shows: causal_mask 5.9\n", "'5.9'"),
    ],
)
def test_a_header_that_means_nothing_names_its_file(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "causal_mask" / "no_idea.py"
    path.parent.mkdir()
    path.write_text(text)
    with pytest.raises(AnswerError, match=r"no_idea\.py:1: .*" + said):
        read_answer(path, stage(5))


@pytest.mark.long
@pytest.mark.parametrize("first", range(0, SEEDS, CHUNK))
@pytest.mark.parametrize("level", stages(), ids=lambda level: level.name)
def test_no_seed_brings_a_wrong_verdict(
    level: Stage, first: int, record_property: Callable[[str, object], None]
) -> None:
    wrong, verdicts = [], 0
    for answer in [answer for answer in ANSWERS if answer.stage == level]:
        for seed in range(first, first + CHUNK):
            wrong += complaints(answer, seed)
            verdicts += sum(len(e.checks) for e in answer.stage.exercises if e.stem == answer.stem)
    # Summed up at the end of the run, where a worker's print would be lost.
    record_property("sweep", {"verdicts": verdicts, "wrong": len(wrong)})
    assert wrong == []
