"""A milestone while watch goes on: in a process of its own, what it writes told as it comes."""

from __future__ import annotations

import codecs
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path


class Milestone:
    """One run of a milestone over the stages in a folder. `told` gets the run and all that it has written so far."""

    def __init__(self, number: int, folder: Path, told: Callable[[Milestone, str], object]) -> None:
        self._told = told
        command = [sys.executable, "-m", "grader", "milestone", str(number), str(folder), "--isolation", "none"]
        environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
        self._process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment
        )
        threading.Thread(target=self._read, daemon=True).start()

    def close(self) -> None:
        """End it, wherever it is."""
        self._process.kill()
        self._process.wait()

    def _read(self) -> None:
        decoder, text = codecs.getincrementaldecoder("utf-8")("replace"), ""
        assert self._process.stdout is not None
        with self._process.stdout as stream:
            while piece := os.read(stream.fileno(), 4096):
                text += decoder.decode(piece)
                self._told(self, text)
