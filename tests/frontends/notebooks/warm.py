"""nbgrader's commands in forks of one process that has imported them already: its start takes longer than its work."""

from __future__ import annotations

import atexit
import json
import os
import runpy
import subprocess
import sys
import tempfile
import threading
import traceback
from pathlib import Path

PRELOADED = (
    "numpy",
    "nbgrader.apps",
    "nbgrader.api",
    "nbgrader.converters.autograde",
    "nbgrader.converters.generate_assignment",
    "nbgrader.converters.generate_feedback",
    "nbgrader.exchange.default",
    "nbgrader.preprocessors",
    "nbconvert.exporters",
    "jupyter_client.manager",
    "grader.frontends.cli",
)


class Warm:
    """The process, started when it is first needed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def run(self, home: Path, words: tuple[str, ...], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
        """As `python -m WORDS…` in the directory `home`."""
        process = self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        with tempfile.TemporaryDirectory() as folder:
            said = [Path(folder) / name for name in ("out", "err")]
            asked = {"home": str(home), "words": words, "environment": environment, "said": [str(p) for p in said]}
            process.stdin.write(json.dumps(asked) + "\n")
            process.stdin.flush()
            status = int(process.stdout.readline())
            out, err = (path.read_text(encoding="utf-8", errors="replace") for path in said)
        return subprocess.CompletedProcess([*words], status, out, err)

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.communicate()

    def _started(self) -> subprocess.Popen[str]:
        if self._process is None:
            command = [sys.executable, "-c", "from tests.frontends.notebooks.warm import serve; serve()"]
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        return self._process


def serve() -> None:
    """Fork for every line of input, and print how the fork ended."""
    for name in PRELOADED:
        __import__(name)
    assert threading.active_count() == 1
    sys.path.remove(os.getcwd()) if os.getcwd() in sys.path else None
    for line in sys.stdin:
        asked = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _become(asked["home"], asked["words"], asked["environment"], asked["said"])
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


def _become(home: str, words: list[str], environment: dict[str, str], said: list[str]) -> None:
    """Be `python -m WORDS…`, and never return."""
    status = 1
    try:
        for number, path in enumerate(["/dev/null", *said]):
            opened = os.open(path, os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT, 0o600)
            os.dup2(opened, number)
        os.chdir(home)
        os.environ.clear()
        os.environ.update(environment)
        sys.argv[:] = words
        sys.path[0] = home
        runpy.run_module(words[0], run_name="__main__", alter_sys=True)
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
    except BaseException:
        traceback.print_exc()
    finally:
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)
