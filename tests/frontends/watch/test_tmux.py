"""`misstep watch` in tmux, 60 columns wide: what its screen shows, as tmux itself tells it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.frontends.watch.conftest import ALL_POINTS, EXERCISES, RESHAPED, SECONDS, SOLUTION, heads

TMUX = shutil.which("tmux")
pytestmark = pytest.mark.skipif(TMUX is None, reason="there is no tmux on the PATH")
Tmux = Callable[..., str]


@pytest.fixture
def tmux(course: Path, tmp_path: Path) -> Iterator[Tmux]:
    """Commands to a server of its own, with a shell of 60 × 36 in the course."""
    socket = str(tmp_path / "tmux.socket")
    environment = {key: value for key, value in os.environ.items() if key not in ("TMUX", "NO_COLOR")}
    environment |= {"LC_ALL": "C.UTF-8", "SHELL": "/bin/sh", "PS1": "$ ", "ENV": ""}

    def command(*arguments: str) -> str:
        whole = [str(TMUX), "-u", "-f", os.devnull, "-S", socket, *arguments]
        return subprocess.run(whole, cwd=course, env=environment, capture_output=True, text=True, check=True).stdout

    command("new-session", "-d", "-x", "60", "-y", "36", "/bin/sh")
    yield command
    command("kill-server")


def shows(tmux: Tmux, *texts: str, colours: bool = False) -> str:
    """The screen, as soon as it holds all of the texts."""
    end = time.monotonic() + SECONDS
    while True:
        screen = tmux("capture-pane", "-p", *(["-e"] if colours else []))
        if all(text in screen for text in texts):
            return screen
        assert time.monotonic() < end, screen
        time.sleep(0.1)


def types(tmux: Tmux, text: str) -> None:
    tmux("send-keys", "-l", text)
    tmux("send-keys", "Enter")


@pytest.mark.parametrize("colour", [True, False], ids=["colours", "no colours"])
def test_sixty_columns_show_all_and_are_drawn_anew(tmux: Tmux, course: Path, colour: bool) -> None:
    heads(course).write_text(RESHAPED)
    program = "import sys; from grader.frontends.cli import main; sys.exit(main())"
    types(tmux, f"{'' if colour else 'NO_COLOR=1 '}{sys.executable} -c '{program}' watch 5")
    screen = shows(tmux, "5.13", f"{EXERCISES - 1} of {EXERCISES} exercises done", "q quit", colours=True)
    assert ("\x1b[" in screen) is colour
    head = " 5.13 Heads reshaped without a transpose"
    plain = shows(tmux, "stage 5 ███", f"{EXERCISES - 1}/{EXERCISES}", f"{head:<48}heads.py:20\n")
    assert plain.startswith(" split_heads\n")
    assert max(map(len, plain.splitlines())) <= 60
    tmux("resize-window", "-x", "100", "-y", "30")
    wide = shows(tmux, f"{head:<68}heads.py:20\n", "q quit")
    assert wide.startswith(" split_heads\n")
    heads(course).write_text(SOLUTION)
    shows(tmux, "Everything is done!", ALL_POINTS)
    tmux("send-keys", "C-c")
    shows(tmux, "quit\n$")
    types(tmux, "stty -a")
    assert "-echo " not in shows(tmux, "icanon")
