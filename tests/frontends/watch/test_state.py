"""What watch knows and shows, without a terminal or a process: order, celebration, board and bars."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from grader.course.catalogue import Exercise, stage
from grader.frontends.watch.judge import Answer
from grader.frontends.watch.memory import Memory, remembered
from grader.frontends.watch.screen import footer, list_lines, screen, task_lines, with_board
from grader.frontends.watch.state import State
from grader.results.verdict import Verdict

ORDER = stage(5).exercises


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    return remembered(tmp_path)


def state_of(memory: Memory, *numbers: int) -> State:
    stages = numbers or (5,)
    exercises = [exercise for number in stages for exercise in stage(number).exercises]
    return State(exercises, {number: Path(f"stage{number}") for number in stages}, memory, (3, 5, 6))


def answer(exercise: Exercise, status: str) -> Answer:
    points = float(status == "passed")
    return Answer(
        exercise, tuple(Verdict(c.id, exercise.name, exercise.stage, status, points, 1.0) for c in exercise.checks)
    )


def text(state: State) -> str:
    return "\n".join(line.text for line in screen(state, 80))


def test_what_is_done_is_celebrated_once_and_the_next_is_opened(memory: Memory) -> None:
    state = state_of(memory)
    state.heard(answer(ORDER[0], "todo"))
    assert state.current is ORDER[0]
    state.heard(answer(ORDER[0], "passed"))
    assert state.current is ORDER[1]
    assert f"{ORDER[0].name} is done." in text(state)
    state.turn(-1)
    state.heard(answer(ORDER[0], "passed"))
    assert state.current is ORDER[0]
    assert "is done" not in text(state)


def test_a_save_that_is_told_twice_does_not_end_the_celebration(memory: Memory, tmp_path: Path) -> None:
    state = State(list(ORDER), {5: tmp_path}, memory)
    path = tmp_path / f"{ORDER[0].stem}.py"
    path.write_text("right\n")
    state.heard(answer(ORDER[0], "todo"))
    state.saved({path})
    state.heard(answer(ORDER[0], "passed"))
    state.saved({path})
    assert state.said
    path.write_text("another\n")
    state.saved({path})
    assert not state.said


def test_a_verdict_is_shown_while_its_line_is_looked_for(memory: Memory) -> None:
    state = state_of(memory)
    state.running = ORDER[0]
    state.heard(replace(answer(ORDER[0], "wrong"), more=True))
    assert state.current is state.running is ORDER[0]
    assert "wrong" in list_lines(state, 5)[1].text
    state.heard(answer(ORDER[0], "wrong"))
    assert state.running is None


def test_a_finished_stage_is_said_and_so_is_the_end(memory: Memory) -> None:
    state = state_of(memory, 5, 6)
    for exercise in ORDER:
        state.heard(answer(exercise, "todo"))
        state.current = exercise
        state.heard(answer(exercise, "passed"))
    assert "Stage 5 is finished!" in state.said
    assert state.current is stage(6).exercises[0]
    for exercise in stage(6).exercises:
        state.current = exercise
        state.heard(answer(exercise, "passed"))
    assert state.said.endswith("Everything is done!")


def test_it_begins_where_it_ended(memory: Memory) -> None:
    first = state_of(memory)
    assert first.waiting == list(ORDER)
    for exercise in ORDER:
        first.heard(answer(exercise, "todo"))
    first.turn(3)
    again = state_of(remembered(memory.path.parent.parent))
    assert again.waiting[0] is ORDER[3]
    assert again.waiting[1:] == [exercise for exercise in ORDER if exercise is not ORDER[3]]


@pytest.mark.parametrize("width", [80, 60, 40])
def test_the_bars_speak_of_all_stages_and_fit(memory: Memory, width: int) -> None:
    memory.done = {"stage3/softmax", "stage3/no_such_exercise"}
    state = state_of(memory)
    state.heard(answer(ORDER[0], "passed"))
    bars = footer(state, width)[1].text
    for number, done in ((3, 1), (5, 1), (6, 0)):
        assert f"{done}/{len(stage(number).exercises)}" in bars
        assert f"stage {number} " in bars
    assert width < 60 or len(bars) < width


def test_a_full_bar_is_a_finished_stage_alone(memory: Memory) -> None:
    state = state_of(memory)
    for exercise in ORDER:
        assert "░ " in footer(state, 80)[1].text.partition("stage 6")[0].partition("stage 5")[2]
        state.heard(answer(exercise, "passed"))
    assert "░" not in footer(state, 80)[1].text.partition("stage 6")[0].partition("stage 5")[2]


def test_the_board_stands_below_where_there_is_room(memory: Memory) -> None:
    state = state_of(memory)
    state.heard(answer(ORDER[0], "mistake"))
    lines = screen(state, 80)
    rows = [line.text for line in with_board(lines, state, 40)[len(lines) + 2 :]]
    assert [row[3:].split()[0] for row in rows] == [exercise.name for exercise in ORDER]
    assert "mistake" in rows[0]
    assert all(row.endswith("not judged yet") for row in rows[1:])
    assert with_board(lines, state, len(lines) + len(rows) + 1) == lines


def test_a_list_tells_the_stages_apart(memory: Memory) -> None:
    state = state_of(memory, 3, 5)
    assert list_lines(state, 3)[0].text == " stage 3"
    assert len(list_lines(state, 3)) == 1 + len(stage(3).exercises)


def test_a_task_is_filled_to_the_width_and_its_example_keeps_its_lines() -> None:
    prose = "Split the features of every token into heads, and put the head axis\nbefore the positions."
    example = ">>> x = np.array([[1, 2],\n...               [3, 4]])\narray([[1, 2],\n       [3, 4]])"
    arguments = "Args:\n    x: [B, T, D] a batch."
    lines = [line.text for line in task_lines("\n\n".join([prose, arguments, example]), 50)]
    assert lines[:2] == [
        "   Split the features of every token into heads,",
        "   and put the head axis before the positions.",
    ]
    assert lines[2:] == [f"   {line}".rstrip() for line in ["", *arguments.splitlines(), "", *example.splitlines()]]
