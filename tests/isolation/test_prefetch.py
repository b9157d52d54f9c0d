"""Asking in advance saves round trips and changes no answer, gives none away, and costs nothing but its own check."""

from __future__ import annotations

import time
from functools import partial
from typing import Any

import numpy as np

from grader.isolation.prefetch import Foreseen, Packed, holds_answers, questions_in_advance
from grader.isolation.sandbox import Sandbox
from grader.isolation.session import Session
from grader.student.faults import StudentFault, TimedOut, Unusable
from tests.isolation.conftest import SECONDS, session_of

SOURCE = """
import os
def double(x):
    return x * 2
def leaves_at_three(x):
    if float(x[0]) == 3.25:
        os._exit(0)
    return x * 2
def swallows(x):
    while True:
        try:
            while True:
                pass
        except BaseException:
            continue
def hangs_at_three(x):
    while float(x[0]) == 3.25:
        pass
    return x * 2
"""
# No answer is another question: such are never asked ahead.
QUESTIONS = [np.full(4, n + 0.25) for n in range(1, 6)]


def check(
    session: Session, name: str, questions: list[Any], plan: list[Any] | None = None, seconds: float = SECONDS
) -> list[Any]:
    """Ask as a check does whose plan is to ask `plan` (just this, if there is none)."""
    functions, deadline = session.functions(5), time.monotonic() + seconds
    planned = tuple(Packed.of((question,)) for question in (questions if plan is None else plan))
    functions.begin(7, lambda: planned, "mine", name, deadline)
    found: list[Any] = []
    for question in questions:
        try:
            found.append(functions.call("mine", name, (question,), deadline))
        except StudentFault as fault:
            found.append(fault)
    return found


def doubles(answers: list[Any], questions: list[Any] = QUESTIONS) -> bool:
    return all(np.array_equal(answer, 2 * question) for answer, question in zip(answers, questions, strict=True))


def test_questions_of_the_plan_get_their_answers(wall: Sandbox) -> None:
    with session_of(wall, mine=SOURCE) as session:
        for _ in range(3):
            assert doubles(check(session, "double", QUESTIONS))


def test_a_check_that_leaves_the_plan_gets_its_own_answers(wall: Sandbox) -> None:
    for questions in (QUESTIONS[::-1], QUESTIONS[:2], QUESTIONS[:2] + QUESTIONS[3:], [*QUESTIONS, np.zeros(4)], []):
        with session_of(wall, mine=SOURCE) as session:
            for _ in range(2):
                assert doubles(check(session, "double", questions, QUESTIONS), questions)
            assert doubles(check(session, "double", QUESTIONS))


def test_a_crash_in_advance_spoils_no_earlier_answer(wall: Sandbox) -> None:
    with session_of(wall, mine=SOURCE) as session:
        answers = check(session, "leaves_at_three", QUESTIONS)
        assert isinstance(answers[2], Unusable)
        assert doubles(answers[:2], QUESTIONS[:2])
        assert doubles(answers[3:], QUESTIONS[3:])


def test_a_hang_in_advance_is_a_timeout_of_that_call(wall: Sandbox) -> None:
    with session_of(wall, mine=SOURCE) as session:
        alone = check(session, "hangs_at_three", QUESTIONS, [], seconds=0.5)
        answers = check(session, "hangs_at_three", QUESTIONS, seconds=0.5)
        assert doubles(answers[:2], QUESTIONS[:2])
        assert isinstance(answers[2], TimedOut)
        assert answers[2].where is not None
        assert answers[2:] == alone[2:]
        assert doubles(check(session, "double", QUESTIONS))


def test_a_hang_that_no_alarm_ends_is_told_the_same_way(wall: Sandbox) -> None:
    with session_of(wall, mine=SOURCE) as session:
        alone = check(session, "swallows", QUESTIONS, [], seconds=0.4)
        assert check(session, "swallows", QUESTIONS, seconds=0.4) == alone
        assert [fault.text for fault in alone[:2]] == ["your code did not come to an end", "no time was left"]


def test_a_native_hang_loses_no_answer_that_was_ready(wall: Sandbox) -> None:
    stuck = """
        import re
        def sticks_at_three(x):
            if float(x[0]) == 3.25:
                re.match("(a+)+b", "a" * 60)
            return x * 2
        """
    for plan in (QUESTIONS, []):
        with session_of(wall, mine=stuck) as session:
            answers = check(session, "sticks_at_three", QUESTIONS, plan, seconds=0.5)
            assert doubles(answers[:2], QUESTIONS[:2])
            assert isinstance(answers[2], TimedOut)


def test_a_check_that_has_seen_enough_does_not_wait_for_the_rest(wall: Sandbox) -> None:
    slow = "import time\ndef double(x):\n    time.sleep(1)\n    return x * 2"
    with session_of(wall, mine=slow) as session:
        for plan in (QUESTIONS, []):
            began = time.monotonic()
            assert doubles(check(session, "double", QUESTIONS[:1], plan), QUESTIONS[:1])
            assert time.monotonic() - began < 3


def test_unseeded_chance_is_the_same_whatever_was_asked_before(wall: Sandbox) -> None:
    chance = "import numpy as np\ndef double(x): return x * 2\ndef chance(x): return np.random.rand() + x"
    drawn = []
    for before in ([], QUESTIONS[:1], QUESTIONS):
        with session_of(wall, mine=chance) as session:
            check(session, "chance", before)
            drawn.append(check(session, "chance", QUESTIONS))
    np.testing.assert_array_equal(drawn[0], drawn[1])
    np.testing.assert_array_equal(drawn[0], drawn[2])
    assert len({float(answer[0]) % 1 for answer in drawn[0]}) == len(QUESTIONS)


def test_unseeded_chance_is_the_same_where_a_check_leaves_the_plan(wall: Sandbox) -> None:
    chance = "import numpy as np\ndef chance(x): return np.random.rand() + x"
    way = [*QUESTIONS[:2], QUESTIONS[4], QUESTIONS[3], QUESTIONS[0]]
    drawn = []
    for plan in ([], QUESTIONS[:2], QUESTIONS, QUESTIONS[::-1], [*way, QUESTIONS[0]]):
        with session_of(wall, mine=chance) as session:
            drawn.append(check(session, "chance", way, plan))
    for other in drawn[1:]:
        np.testing.assert_array_equal(drawn[0], other)


def test_an_exercise_that_ends_early_leaves_no_reply_to_the_next(wall: Sandbox) -> None:
    with session_of(wall, mine=SOURCE) as session:
        functions, deadline = session.functions(5), time.monotonic() + SECONDS
        plans = {n: tuple(Packed.of((question,)) for question in QUESTIONS) for n in (7, 8)}
        functions.foresee(lambda: Foreseen.of(plans.items()), "mine", "double", deadline)
        functions.begin(7, lambda: plans[7], "mine", "double", deadline)
        other = {7: tuple(Packed.of((10 * question,)) for question in QUESTIONS)}
        functions.foresee(lambda: Foreseen.of(other.items()), "mine", "double", deadline)
        functions.begin(7, lambda: other[7], "mine", "double", deadline)
        assert doubles(
            [functions.call("mine", "double", (10 * q,), deadline) for q in QUESTIONS], [10 * q for q in QUESTIONS]
        )


def test_a_check_that_leaves_the_plan_spoils_no_other_of_its_exercise(wall: Sandbox) -> None:
    with session_of(wall, mine=SOURCE) as session:
        functions, deadline = session.functions(5), time.monotonic() + SECONDS
        plans = {n: tuple(Packed.of((n * question,)) for question in QUESTIONS) for n in (7, 8, 9)}
        functions.foresee(lambda: Foreseen.of(plans.items()), "mine", "double", deadline)
        for number, order in ((7, 1), (8, -1), (9, 1)):
            functions.begin(number, partial(plans.get, number), "mine", "double", deadline)
            asked = [number * question for question in QUESTIONS[::order]]
            assert doubles([functions.call("mine", "double", (question,), deadline) for question in asked], asked)
            assert functions.end() == (order == 1)


def packed(*values: np.ndarray) -> Packed:
    return Packed(None, [value.tobytes() for value in values], [])


def test_a_question_made_of_an_answer_is_recognised() -> None:
    x, y, z = (np.random.default_rng(n).normal(size=4) for n in range(3))
    told = [y.tobytes(), b"", b""]
    assert holds_answers([packed(x), packed(y)], told)
    assert not holds_answers([packed(x), packed(z)], told)
    # The answer to the first question was one of its own arguments: nothing is given away.
    assert not holds_answers([packed(x, y), packed(y)], told)


def test_such_questions_are_not_asked_in_advance() -> None:
    x, y, z = (np.random.default_rng(n).normal(size=4) for n in range(3))
    assert questions_in_advance([packed(x), packed(y)], [y.tobytes(), b""]) == ()
    assert questions_in_advance([packed(x), Packed(None, [], [print])], [y.tobytes(), b""]) == ()
    assert len(questions_in_advance([packed(x), packed(z)], [y.tobytes(), b""])) == 2
