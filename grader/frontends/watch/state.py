"""Where the student is: which exercise is looked at, what is known of each, and what is judged next."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path

from grader.course.catalogue import Exercise, stage
from grader.course.hints import hints
from grader.frontends.watch.judge import Answer
from grader.frontends.watch.memory import Memory, key_of
from grader.results.verdict import Verdict


class State:
    """The loop's own memory. It draws nothing, and asks nobody.

    `stages` are the numbers of all stages that the student has, watched or not.
    """

    def __init__(
        self, exercises: list[Exercise], folders: dict[int, Path], memory: Memory, stages: Collection[int] = ()
    ) -> None:
        self.exercises, self.folders, self.memory = exercises, folders, memory
        self.stages = sorted({*folders, *stages})
        self.answers: dict[Exercise, Answer] = {}
        # Where the student was last time comes first.
        self.waiting = sorted(exercises, key=lambda exercise: key_of(exercise) != memory.at)
        self.running: Exercise | None = None
        self.current: Exercise | None = None
        self.said, self._celebrated = "", b""

    def path(self, exercise: Exercise) -> Path:
        """The student's file."""
        return self.folders[exercise.stage] / f"{exercise.stem}.py"

    @property
    def verdicts(self) -> list[Verdict]:
        """All that is known, in the order of the task sheets."""
        return [v for exercise in self.exercises if exercise in self.answers for v in self.answers[exercise].verdicts]

    @property
    def mistake(self) -> str | None:
        """The documented mistake that the exercise at hand shows."""
        answer = self.answers.get(self.current) if self.current else None
        named = (v.id for v in answer.verdicts if v.status == "mistake") if answer else iter(())
        return next(named, None)

    def progress(self, number: int) -> tuple[int, int]:
        """How many exercises of a stage are done, and how many there are; what is not judged yet is remembered."""
        exercises = stage(number).exercises
        return sum(self.is_done(exercise) for exercise in exercises), len(exercises)

    def is_done(self, exercise: Exercise) -> bool:
        """Whether it passes, or did when it was last judged."""
        answer = self.answers.get(exercise)
        return answer.passed if answer else self.memory.is_done(exercise)

    def saved(self, paths: Collection[Path]) -> None:
        """Files have changed: what they hold is judged first, and looked at."""
        changed = [exercise for exercise in self.exercises if self.path(exercise) in paths]
        if not changed:
            return
        # An editor may report one save in several pieces: the later ones do not end the celebration of the first.
        if any(_content(path) != self._celebrated for path in paths):
            self.said = ""
        if self.current is None or self.current not in changed:
            open_ones = [e for e in changed if e not in self.answers or not self.answers[e].passed]
            self.current = (open_ones or changed)[0]
        self.judge([self.current, *changed])

    def judge(self, exercises: Iterable[Exercise]) -> None:
        """These before all others, and what runs once more after them."""
        running = [self.running] if self.running else []
        self.waiting = list(dict.fromkeys([*exercises, *running, *self.waiting]))
        self.running = None

    def heard(self, answer: Answer) -> None:
        """An exercise was judged. One that is done is celebrated once, and the next is opened."""
        exercise = answer.exercise
        new = answer.passed and not self.memory.is_done(exercise)
        self.answers[exercise] = answer
        if not answer.more:
            self.running = None
        if not answer.problem:
            self.memory.note(exercise, answer.verdicts)
        if self.current is None and not answer.passed:
            self._look_at(exercise)
        elif exercise is self.current and answer.passed and new:
            self.said, self._celebrated = f"✓ {exercise.name} is done.", _content(self.path(exercise))
            self._open_next(exercise)
        self.memory.save()

    def turn(self, step: int) -> None:
        """The next exercise, or the one before."""
        place = self.exercises.index(self.current) if self.current else -1
        self.said = ""
        self._look_at(self.exercises[(place + step) % len(self.exercises)])
        self.memory.save()

    def hint(self) -> list[str]:
        """The steps that were read of the mistake at hand, with one more."""
        mistake = self.mistake
        if mistake is None:
            return []
        steps = hints(mistake)
        self.memory.hints[mistake] = min(self.memory.hints.get(mistake, 0) + 1, len(steps))
        self.memory.save()
        return list(steps[: self.memory.hints[mistake]])

    def _open_next(self, done: Exercise) -> None:
        place = self.exercises.index(done)
        for exercise in self.exercises[place + 1 :] + self.exercises[:place]:
            if exercise not in self.answers or not self.answers[exercise].passed:
                self._look_at(exercise)
                break
        else:
            self.said += " Everything is done!"
            return
        finished, of = self.progress(done.stage)
        self.said += f" Stage {done.stage} is finished!" if finished == of else ""

    def _look_at(self, exercise: Exercise) -> None:
        """Look at it; what is known of it may be older than a file that it imports."""
        self.current = exercise
        self.memory.at = key_of(exercise)
        if exercise is not self.running and exercise in self.answers:
            self.waiting = list(dict.fromkeys([exercise, *self.waiting]))


def _content(path: Path) -> bytes:
    with suppress(OSError):
        return path.read_bytes()
    return b""
