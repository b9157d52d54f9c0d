"""`misstep watch` in a real pseudo-terminal: what is saved is judged, and the terminal stays whole."""

from __future__ import annotations

import os
import re
import signal
import sys
import termios
import time
from pathlib import Path

import pytest

from grader.course.catalogue import stage
from grader.frontends.watch.judge import judged
from tests.conftest import Run
from tests.frontends.watch.conftest import ALL_POINTS, RESHAPED, SOLUTION, Start, heads, settled

if sys.platform == "win32":
    pytest.skip("pexpect needs a pseudo-terminal", allow_module_level=True)
pexpect = pytest.importorskip("pexpect")

# As at home: the terminal outlives what a shell runs in it.
UNDER_A_SHELL = ("/bin/sh", "-c", """sh -c 'echo pid=$$; exec "$@"' sh "$@"; sleep 60""", "sh")


def is_whole(child: pexpect.spawn) -> bool:
    flags = termios.tcgetattr(child.child_fd)[3]
    return bool(flags & termios.ECHO and flags & termios.ICANON)


def test_an_edit_changes_the_verdict_and_the_next_exercise_is_opened(start: Start, course: Path) -> None:
    child = start("stage5")
    child.expect("split_heads is not filled in yet")
    settled(child)
    heads(course).write_text(RESHAPED)
    child.expect(r"5\.13")
    child.expect("reshaped without")
    heads(course).write_text(SOLUTION.partition("def merge_heads")[0])
    child.expect("split_heads is done")
    child.expect("merge_heads")
    heads(course).write_text(SOLUTION)
    child.expect("merge_heads is done. Everything is done!")
    child.expect(ALL_POINTS)
    child.send("q")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def test_every_key(start: Start, course: Path) -> None:
    heads(course).write_text(RESHAPED)
    child = start("5")
    child.expect(r"5\.13")
    settled(child)
    for step in (1, 2, 3, 3):
        child.send("h")
        child.expect(f"hint {step} of 3")
    child.send("e")
    child.expect("What you see")
    child.send(" ")
    child.expect("exercises done")
    child.send("l")
    child.expect("split_heads +5.13 mistake")
    child.send("n")
    child.expect("merge_heads")
    child.expect("5.5")
    child.send("p")
    child.expect("split_heads")
    child.send("a")
    child.expect("running causal_mask")
    settled(child)
    child.send("x")
    child.send("m")
    child.expect("Milestone 5: attention looks")
    child.expect("≠ causality")
    child.send("q")
    child.expect(pexpect.EOF)
    assert '"5.13": 3' in (course / ".misstep/progress.json").read_text()


def test_what_an_editor_and_a_beginner_do(start: Start, course: Path) -> None:
    child = start("5", "--timeout", "1")
    child.expect("split_heads is not filled in yet")
    settled(child)
    heads(course).write_text("def split_heads(x, n_heads:\n")
    child.expect("SyntaxError")
    heads(course).write_text("def split_heads(x, n_heads):\n    while True:\n        pass\n")
    child.expect("did not come to an end")
    heads(course).write_text("import os\n\ndef split_heads(x, n_heads):\n    os._exit(3)\n")
    child.expect("ended the process")
    heads(course).unlink()
    child.expect(r"heads\.py")
    beside = heads(course).with_name("heads.py~")
    beside.write_text(RESHAPED)
    beside.rename(heads(course))
    child.expect(r"5\.13")
    for _ in range(20):
        heads(course).write_text(RESHAPED)
        time.sleep(0.04)
    heads(course).write_text(SOLUTION)
    child.expect("Everything is done!")
    child.sendcontrol("c")
    child.expect(pexpect.EOF)
    assert "Traceback" not in child.before


@pytest.mark.parametrize(
    ("moment", "ending"),
    [
        ("at once", "SIGINT"),
        *(("later", ending) for ending in ("q", "SIGINT", "SIGTERM", "SIGHUP", "SIGKILL")),
        *(pytest.param("at once", e, marks=pytest.mark.long) for e in ("q", "SIGTERM", "SIGHUP", "SIGKILL")),
    ],
)
def test_the_terminal_is_whole_after_any_end(start: Start, ending: str, moment: str) -> None:
    child = start("5", before=UNDER_A_SHELL)
    child.expect(r"pid=(\d+)")
    pid = int(child.match.group(1))
    child.expect("looking at your exercises" if moment == "at once" else "split_heads is not filled in yet")
    assert not is_whole(child)
    if ending == "q":
        child.send("q")
    else:
        os.kill(pid, getattr(signal, ending))
    end = time.monotonic() + 20
    while not is_whole(child) and time.monotonic() < end:
        time.sleep(0.05)
    assert is_whole(child)


def test_a_narrow_terminal_without_colours(start: Start, course: Path) -> None:
    heads(course).write_text(RESHAPED)
    child = start("5", columns=60, NO_COLOR="1")
    child.expect(r"5\.13")
    settled(child)
    child.setwinsize(30, 60)
    child.expect("quit")
    text = child.before
    assert "\x1b[1m" not in text
    plain = re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", text)
    assert max(map(len, plain.splitlines())) <= 60
    child.setwinsize(10, 24)
    child.expect("more")


def test_without_a_terminal_it_says_so(run: Run, course: Path) -> None:
    done = run("grader", "watch", cwd=course)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("misstep watch: this is no terminal")


def test_list_and_next_judge_what_is_there(misstep: Run, course: Path) -> None:
    heads(course).write_text(RESHAPED)
    listed = misstep("list", cwd=course)
    assert listed.returncode == 0, listed.stderr
    assert re.search(r"✗ split_heads +5\.13 mistake", listed.stdout)
    assert re.search(r"✓ causal_mask +done", listed.stdout)
    following = misstep("next", cwd=course)
    assert following.stdout.splitlines()[-1] == "next: split_heads · pytest exercises/stage5/heads.py"
    assert "5.13 Heads" in following.stdout
    heads(course).write_text(SOLUTION)
    assert misstep("next", "5", cwd=course).stdout == "everything is done\n"
    assert "there is no 'stage4' here" in misstep("list", "stage4", cwd=course).stderr


@pytest.mark.parametrize("moment", ["an endless loop", "a page", "many saves"])
def test_ctrl_c_ends_it_at_any_moment(start: Start, course: Path, moment: str) -> None:
    heads(course).write_text(RESHAPED)
    child = start("5", "--timeout", "50")
    child.expect(r"5\.13")
    if moment == "an endless loop":
        settled(child)
        heads(course).write_text("def split_heads(x, n_heads):\n    while True:\n        pass\n")
        child.expect("running split_heads")
    elif moment == "a page":
        child.send("e")
        child.expect("What you see")
    else:
        for _ in range(5):
            heads(course).write_text(SOLUTION)
            time.sleep(0.05)
    child.sendintr()
    child.expect(pexpect.EOF)
    assert "Traceback" not in child.before
    assert is_whole(child)
    child.close()
    assert child.exitstatus == 0


def test_the_line_of_an_undocumented_slip_is_named(course: Path) -> None:
    path = course / "exercises/stage5/kv_cache.py"
    text = path.read_text().rstrip()
    path.write_text(
        f"{text}\n\n\ndef update_kv_cache(k_cache, v_cache, k_new, v_new):\n    if k_cache is None:\n"
        "        return k_new, v_new\n    keys = np.concatenate([k_cache, k_new], axis=1)\n"
        "    return keys, np.concatenate([v_new, v_cache], axis=1)\n"
    )
    (answer,) = judged({5: path.parent}, [stage(5).exercise("update_kv_cache")], 60.0)
    general = next(verdict for verdict in answer.verdicts if verdict.id is None)
    line = len(path.read_text().splitlines())
    assert (general.status, general.line) == ("wrong", line)
    assert f"One change in line {line} makes every check pass" in general.message
    assert general.fix == ""
