"""The filter means what it says on both machines, and the kit knows what it could not enforce."""

from __future__ import annotations

import errno
import json
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from grader.isolation import landlock
from grader.isolation.errors import WallError
from grader.isolation.lockdown import prepare
from grader.isolation.plain_process import PlainSandbox
from grader.isolation.sandbox import ForkSandbox, Sandbox, capabilities, open_sandbox
from grader.isolation.seccomp import ALWAYS, LOOK_UP, build
from grader.isolation.syscalls import MACHINES, NUMBERS, Machine
from tests.conftest import ROOT
from tests.isolation.conftest import ask, session_of

ALLOW, KILL = 0x7FFF0000, 0x80000000
O_WRONLY, O_CREAT = 1, 0o100


def verdict(program: bytes, audit: int, number: int, arguments: tuple[int, ...] = ()) -> int:
    """What the kernel would return: the program run on one call."""
    data = struct.pack("<IIQ6Q", number, audit, 0, *(arguments + (0,) * 6)[:6])
    code = list(struct.iter_unpack("<HBBI", program))
    held, at = 0, 0
    while True:
        kind, if_true, if_false, value = code[at]
        at += 1
        if kind == 0x20:
            (held,) = struct.unpack_from("<I", data, value)
        elif kind == 0x54:
            held &= value
        elif kind == 0x15:
            at += if_true if held == value else if_false
        elif kind == 0x06:
            return int(value)


def refused(number: int) -> int:
    return 0x00050000 | number


@pytest.fixture(params=MACHINES.values(), ids=lambda machine: machine.name)
def machine(request: pytest.FixtureRequest) -> Machine:
    found = request.param
    assert isinstance(found, Machine)
    return found


def test_the_filter_allows_its_list_and_refuses_everything_else(machine: Machine) -> None:
    program = build(machine).program
    allowed = {machine.number(call) for call in (*ALWAYS, "futex", "sendto")} - {None}
    for number in range(600):
        answer = verdict(program, machine.audit, number)
        assert (answer == ALLOW) == (number in allowed), number
        assert answer in (ALLOW, refused(errno.EPERM), refused(errno.ENOSYS), refused(errno.ENOTTY))


@pytest.mark.parametrize("call", ["clone", "clone3", "open", "openat", "newfstatat", "fcntl", "ioctl"])
def test_no_process_no_file_no_control(machine: Machine, call: str) -> None:
    number = machine.number(call)
    if number is not None:
        assert verdict(build(machine).program, machine.audit, number) != ALLOW


def test_a_foreign_instruction_set_ends_the_process(machine: Machine) -> None:
    for audit in (0x40000003, 0, *(other.audit for other in MACHINES.values() if other is not machine)):
        assert verdict(build(machine).program, audit, 0) == KILL


def test_bytes_are_sent_plainly_or_not_at_all(machine: Machine) -> None:
    program, number = build(machine).program, NUMBERS["sendto"][machine.column]
    assert number is not None
    assert verdict(program, machine.audit, number, (3, 0, 1, 0)) == ALLOW
    assert verdict(program, machine.audit, number, (3, 0, 1, 1)) == refused(errno.EPERM)


def test_threads_wait_and_wake_but_without_priority_inheritance(machine: Machine) -> None:
    program, number = build(machine).program, machine.number("futex")
    assert number is not None
    for operation in (0, 1, 9, 10, 0x80, 0x81, 0x189):
        assert verdict(program, machine.audit, number, (0, operation)) == ALLOW
    for operation in (6, 7, 8, 11, 12, 13, 0x86):
        assert verdict(program, machine.audit, number, (0, operation)) == refused(errno.ENOSYS)


def test_with_reading_files_open_for_reading_only(machine: Machine) -> None:
    program, number = build(machine, reading=True).program, machine.number("openat")
    assert number is not None
    assert verdict(program, machine.audit, number, (0, 0, 0o2000000)) == ALLOW
    for flags in (O_WRONLY, 2, O_CREAT, O_WRONLY | O_CREAT, 0o1000):
        assert verdict(program, machine.audit, number, (0, 0, flags)) == refused(errno.EACCES)
    for call in LOOK_UP:
        known = machine.number(call)
        assert known is None or verdict(program, machine.audit, known) == ALLOW


def test_the_machine_says_what_it_can_enforce(wall: Sandbox) -> None:
    report = capabilities()
    assert report["complete"] is True
    assert report["mode"] == "full"
    for concern in ("files", "network", "processes", "signals"):
        assert report[concern].startswith("seccomp"), concern


def test_an_unknown_machine_is_not_complete(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.machine", lambda: "pdp11")
    with pytest.raises(WallError, match="machine"):
        prepare()


def test_auto_falls_back_to_plain_processes_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(self: ForkSandbox, *what_it_may_have: object) -> None:
        raise WallError("no wall here")

    monkeypatch.setattr(ForkSandbox, "__init__", fails)
    with pytest.raises(WallError):
        open_sandbox("full")
    with open_sandbox("auto") as sandbox:
        assert isinstance(sandbox, PlainSandbox)
        assert sandbox.isolation["complete"] is False
        assert sandbox.isolation["problem"] == "no wall here"


def test_an_unknown_mode_is_refused() -> None:
    with pytest.raises(ValueError, match="auto, full, none"):
        open_sandbox("some")


READS = """
def reads(path):
    with open(path) as file:
        return file.read()
def writes(path):
    open(path, "w")
"""


@pytest.mark.skipif(landlock.version() == 0, reason="this kernel has no Landlock")
def test_named_directories_can_be_read_and_no_others(wall: Sandbox) -> None:
    with tempfile.TemporaryDirectory() as name:
        shown, hidden = Path(name, "shown"), Path(name, "hidden")
        for folder in (shown, hidden):
            folder.mkdir()
            (folder / "data.txt").write_text("words")
        # A locked-in child of root is nobody.
        Path(name).chmod(0o755)
        with open_sandbox("full", readable=[shown]) as sandbox, session_of(sandbox, mine=READS) as session:
            assert ask(session, "reads", str(shown / "data.txt")) == "words"
            around = shown / ".." / "hidden" / "data.txt"
            for path in (hidden / "data.txt", around, "/etc/passwd", "/proc/self/environ"):
                assert "Permission" in str(ask(session, "reads", str(path))), path
            assert "Permission" in str(ask(session, "writes", str(shown / "data.txt")))


WITHOUT_LANDLOCK = """
import json, sys
sys.path[:0] = [sys.argv[1]]
from grader.isolation import landlock
landlock.version = lambda: 0
from grader.isolation.lockdown import prepare
from grader.isolation.probe import probe
print(json.dumps(probe(prepare())))
"""


def test_without_landlock_the_filter_is_wall_enough(wall: Sandbox) -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_LANDLOCK, str(ROOT)], capture_output=True, text=True, timeout=60, check=False
    )
    report = json.loads(done.stdout)
    assert report["complete"] is True
    assert report["files"] == report["network"] == report["signals"] == "seccomp"
