"""Asking the warm process: one exercise at a time, and a newer question stops the one before."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.course.catalogue import Exercise
from grader.frontends.watch.terminal import Terminal
from grader.results.verdict import Verdict, from_property

SECONDS = 10.0


@dataclass(frozen=True)
class Answer:
    """What one exercise came to; `problem` is said instead where the course itself cannot be used.

    With `more` the line of a slip is still looked for: the same will be said again, perhaps with that line.
    """

    exercise: Exercise
    verdicts: tuple[Verdict, ...] = ()
    printed: str = ""
    notes: tuple[str, ...] = ()
    problem: str = ""
    more: bool = False

    @property
    def passed(self) -> bool:
        """Whether all of its checks pass."""
        return bool(self.verdicts) and all(verdict.passed for verdict in self.verdicts)


class Judge:
    """The process, started when it is first needed and again when it has died. `tell` gets every answer."""

    def __init__(self, folders: dict[int, Path], tell: Callable[[Answer], object], seconds: float = SECONDS) -> None:
        self._folders, self._tell, self._seconds = folders, tell, seconds
        self._process: subprocess.Popen[str] | None = None
        self._lock, self._number = threading.Lock(), 0
        self._asked: Exercise | None = None
        self._pid = 0

    def start(self) -> None:
        """Warm up."""
        command = [sys.executable, "-P", "-m", "grader.frontends.watch.worker"]
        # As the terminal is before anything is done to it.
        command.append(Terminal(sys.stderr.fileno()).as_text())
        # In a group of its own: Ctrl-C is for us, and the last thing that it may have to do comes after our end.
        group = 0 if os.name == "posix" else None
        wire = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=wire, stdout=wire, encoding="utf-8", process_group=group)
        threading.Thread(target=self._listen, args=(self._process,), daemon=True).start()

    def ask(self, exercise: Exercise) -> None:
        """Judge this one now, and nothing else any more."""
        self.stop()
        if self._process is None or self._process.poll() is not None:
            self.start()
        with self._lock:
            self._number += 1
            self._asked, self._pid = exercise, 0
        folder = str(self._folders[exercise.stage])
        words = {"stage": exercise.stage, "exercise": exercise.name, "folder": folder, "seconds": self._seconds}
        self._write({"id": self._number, **words})

    def stop(self) -> None:
        """End what runs, without an answer."""
        with self._lock:
            pid, self._pid = self._pid, 0
            self._asked = None
            self._number += 1
        if pid:
            with suppress(OSError):
                os.kill(pid, getattr(signal, "SIGKILL", signal.SIGTERM))
        if self._process is not None and pid == self._process.pid:
            self._process.wait()

    def close(self) -> None:
        """End the process."""
        self.stop()
        if self._process is not None:
            self._write({"bye": True})
            try:
                self._process.wait(1.0)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()

    def _write(self, words: dict[str, Any]) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        with suppress(OSError, ValueError):
            self._process.stdin.write(json.dumps(words) + "\n")
            self._process.stdin.flush()

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            self._hear(json.loads(line))
        with self._lock:
            asked, self._asked = (self._asked, None) if process is self._process else (None, None)
        if asked is not None:
            self._tell(Answer(asked, problem=f"{asked.stem}.py ended the process that judges it; save it to try again"))

    def _hear(self, said: dict[str, Any]) -> None:
        with self._lock:
            asked = self._asked if said["id"] == self._number else None
            if "pid" in said:
                if asked is not None:
                    self._pid = said["pid"]
                else:
                    with suppress(OSError):
                        os.kill(said["pid"], getattr(signal, "SIGKILL", signal.SIGTERM))
                return
            if asked is None:
                return
            if not said.get("more"):
                self._asked, self._pid = None, 0
        verdicts = tuple(from_property(data) for data in said.get("verdicts", ()))
        told = {"printed": said.get("printed", ""), "notes": tuple(said.get("notes", ()))}
        self._tell(Answer(asked, verdicts, **told, problem=said.get("problem", ""), more=said.get("more", False)))


def judged(folders: dict[int, Path], exercises: Iterable[Exercise], seconds: float = SECONDS) -> Iterator[Answer]:
    """The answers for these exercises, one after the other."""
    answers: queue.SimpleQueue[Answer] = queue.SimpleQueue()
    judge = Judge(folders, answers.put, seconds)
    try:
        for exercise in exercises:
            judge.ask(exercise)
            while (answer := answers.get()).more:
                pass
            yield answer
    finally:
        judge.close()
