"""Commands in forks of one process that has imported what they need already: their start takes longer than their work.

A fork differs from a process of its own in what stands in `sys.modules`. What depends on that, or on how Python starts
(its flags, its variables, the locale), runs in a process of its own, and so do some runs of each command.
"""

from __future__ import annotations

import atexit
import io
import json
import os
import runpy
import select
import signal
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from pkgutil import walk_packages

# What Python reads in its environment when it starts, and a fork does not.
AT_START = ("PYTHON", "LC_", "LANG")
NBGRADER = (
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
OURS, OTHERS = "pytest11", "pytest11 without ours"
# What pytest and the kit's own commands import: with a dot at its end, all modules of a package.
KIT = (
    "numpy",
    "multiprocessing.connection",
    "grader.course.",
    "grader.student.",
    "grader.isolation",
    "grader.grading",
    "grader.grading.intake.",
    "grader.grading.one_change.",
    "grader.grading.pictures.",
    "grader.grading.batch",
    "grader.results",
    "grader.frontends.cli",
    "grader.frontends.commands.",
    "grader.frontends.pytest_plugin.",
    "grader.frontends.watch.following",
    OURS,
)
# What a copy of the kit needs that is not the kit: it brings its own `grader`.
BARE = ("numpy", "multiprocessing.connection", OTHERS)


@cache
def warm(modules: tuple[str, ...]) -> Warm:
    """The process that has imported these, until the end of this one."""
    process = Warm(modules)
    atexit.register(process.close)
    return process


class Warm:
    """The process, started when it is first needed."""

    def __init__(self, modules: Iterable[str]) -> None:
        self._modules = tuple(modules)
        self._is_ours = OTHERS not in self._modules
        self._process: subprocess.Popen[str] | None = None
        self._started_with = at_start(os.environ)

    def serves(self, environment: Mapping[str, str]) -> bool:
        """Whether a fork is what a process of its own would be, started in this environment."""
        paths = {} if self._is_ours else dict.fromkeys(["PYTHONPATH"])
        return hasattr(os, "fork") and {**at_start(environment), **paths} == {**self._started_with, **paths}

    def run(
        self,
        home: Path,
        words: tuple[str, ...],
        environment: Mapping[str, str],
        given: str = "",
        *,
        bytecode: bool = True,
        seconds: float = 300,
    ) -> subprocess.CompletedProcess[str]:
        """As `python -m WORDS…` in the directory `home`, with `given` as its input."""
        process = self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        with tempfile.TemporaryDirectory() as folder:
            files = [Path(folder) / name for name in ("in", "out", "err")]
            files[0].write_text(given, encoding="utf-8")
            asked = {"home": str(home), "words": words, "environment": dict(environment), "files": [*map(str, files)]}
            asked |= {"bytecode": bytecode, "paths": not self._is_ours}
            process.stdin.write(json.dumps(asked) + "\n")
            process.stdin.flush()
            pid = int(process.stdout.readline())
            if not select.select([process.stdout], [], [], seconds)[0]:
                os.kill(pid, signal.SIGKILL)
                process.stdout.readline()
                raise subprocess.TimeoutExpired(words, seconds)
            status = int(process.stdout.readline())
            out, err = (path.read_text(encoding="utf-8", errors="replace") for path in files[1:])
        return subprocess.CompletedProcess([*words], status, out, err)

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.communicate()

    def _started(self) -> subprocess.Popen[str]:
        if self._process is None:
            # As a script: no package `tests` is imported, for a copy of the repository brings its own.
            self._process = subprocess.Popen(
                [sys.executable, str(Path(__file__).resolve()), *self._modules],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
        return self._process


def at_start(environment: Mapping[str, str]) -> dict[str, str]:
    """The variables that Python reads when it starts."""
    return {name: value for name, value in environment.items() if name.startswith(AT_START)}


def serve(modules: Iterable[str]) -> None:
    """Fork for every line of input, and print the fork's process id and how it ended."""
    # The folder of this script.
    del sys.path[0]
    for name in modules:
        if name in (OURS, OTHERS):
            _preload_plugins(ours=name == OURS)
            continue
        module = import_module(name.removesuffix("."))
        if name.endswith("."):
            for found in walk_packages(module.__path__, name):
                import_module(found.name)
    assert threading.active_count() == 1
    while line := sys.stdin.readline():
        asked = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _become(**asked)
        print(pid, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


def _preload_plugins(*, ours: bool) -> None:
    """Import pytest and its plugins; pytest need not tell that they are there before it could rewrite their asserts."""
    import_module("pytest")
    for plugin in entry_points(group="pytest11"):
        if ours or not plugin.value.startswith("grader."):
            plugin.load()
    for name, module in list(sys.modules.items()):
        if "." not in name:
            module.__doc__ = f"{module.__doc__ or ''} PYTEST_DONT_REWRITE"


def _become(
    home: str, words: list[str], environment: dict[str, str], files: list[str], *, bytecode: bool, paths: bool
) -> None:
    """Be `python -m WORDS…`, and never return. `paths`: those of PYTHONPATH are not the server's."""
    status = 1
    try:
        for number, path in enumerate(files):
            opened = os.open(path, os.O_RDONLY if number == 0 else os.O_WRONLY | os.O_CREAT, 0o600)
            os.dup2(opened, number)
            os.close(opened)
        sys.stdin = sys.__stdin__ = io.TextIOWrapper(io.BufferedReader(io.FileIO(0, closefd=False)), "utf-8")  # type: ignore[misc]
        os.chdir(home)
        os.environ.clear()
        os.environ.update(environment)
        sys.argv[:] = words
        sys.path.insert(0, home)
        sys.path[1:1] = [path for path in environment.get("PYTHONPATH", "").split(os.pathsep) if path] if paths else []
        sys.dont_write_bytecode |= not bytecode
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


if __name__ == "__main__":
    serve(sys.argv[1:])
