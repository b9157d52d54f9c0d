"""Where the student is: which exercise is looked at, what is known of each, and what is judged next."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from grader.course.catalogue import Exercise
from grader.course.hints import hints
from grader.frontends.watch.judge import Answer
from grader.frontends.watch.memory import Memory
from grader.results.verdict import Verdict


class State:
    """The loop's own memory. It draws nothing, and asks nobody."""

    def __init__(self, exercises: list[Exercise], folders: dict[int, Path], memory: Memory) -> None:
        self.exercises, self.folders, self.memory = exercises, folders, memory
        self.answers: dict[Exercise, Answer] = {}
        self.waiting = list(exercises)
        self.running: Exercise | None = None
        self.current: Exercise | None = None
        self.said = ""

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

    def saved(self, paths: Collection[Path]) -> None:
        """Files have changed: what they hold is judged first, and looked at."""
        changed = [exercise for exercise in self.exercises if self.path(exercise) in paths]
        if not changed:
            return
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
        new = answer.passed and f"stage{exercise.stage}/{exercise.name}" not in self.memory.done
        self.answers[exercise], self.running = answer, None
        if not answer.problem:
            self.memory.note(exercise, answer.verdicts)
        if self.current is None and not answer.passed:
            self._look_at(exercise)
        elif exercise is self.current and answer.passed and new:
            self.said = f"✓ {exercise.name} is done."
            self._open_next(exercise)
        self.memory.save()

    def turn(self, step: int) -> None:
        """The next exercise, or the one before."""
        place = self.exercises.index(self.current) if self.current else -1
        self.said = ""
        self._look_at(self.exercises[(place + step) % len(self.exercises)])

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
                return
        self.said += " Everything is done!"

    def _look_at(self, exercise: Exercise) -> None:
        """Look at it; what is known of it may be older than a file that it imports."""
        self.current = exercise
        self.memory.at = f"stage{exercise.stage}/{exercise.name}"
        if exercise is not self.running and exercise in self.answers:
            self.waiting = list(dict.fromkeys([exercise, *self.waiting]))
