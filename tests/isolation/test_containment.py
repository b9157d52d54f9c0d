"""Code that hangs, crashes, floods or lies costs its own call, leaves nothing behind, and disturbs nobody."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from grader.isolation.errors import WallError
from grader.isolation.limits import Limits
from grader.isolation.sandbox import ForkSandbox, Sandbox, open_sandbox
from grader.student.faults import NotFilledIn, Raised, TimedOut, Unusable
from grader.student.plain import Opaque
from tests.isolation.conftest import MEGABYTE, ask, session_of

SOURCE = """
import os, sys, signal, time, ctypes
import numpy as np

def right(x):
    return x + 1

def todo(x):
    raise NotImplementedError

def loops(x):
    while True:
        pass

def sleeps(x):
    time.sleep(1000)

def swallows(x):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass

def ignores_the_alarm(x):
    signal.signal(signal.SIGALRM, signal.SIG_IGN)
    while True:
        pass

def blocks_signals(x):
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 64))
    while True:
        pass

def sticks_in_native_code(x):
    return 10 ** 10 ** 9

def leaves(x):
    os._exit(0)

def exits(x):
    sys.exit(0)

def interrupts(x):
    raise KeyboardInterrupt

def aborts(x):
    os.abort()

def reads_nowhere(x):
    ctypes.string_at(0)

def recurses(x):
    sys.setrecursionlimit(10 ** 9)
    def deeper(_):
        return list(map(deeper, [1]))
    return deeper(1)

def fills_memory(x):
    kept = []
    while True:
        kept.append(np.ones(1 << 20))

def asks_for_a_terabyte(x):
    return np.ones(1 << 37)

def stretches(x):
    return np.broadcast_to(1.0, (1 << 20, 1 << 20))

def returns_too_much(x):
    return np.zeros(9 << 20)

def prints_for_ever(x):
    while True:
        print("=" * 1000)

def prints_a_megabyte(x):
    print("a" * (1 << 20))
    os.write(1, b"b" * (1 << 20))
    return 1

def says(x):
    print("hello", x)
    print("oh", file=sys.stderr)
    return 1

def closes_the_wire(x):
    os.closerange(0, 64)
    return 1

def half_a_frame(x):
    signal.signal(signal.SIGALRM, signal.SIG_IGN)
    os.write(WIRE, b"\\x01\\x00\\x00")
    while True:
        pass

def nonsense(x):
    os.write(WIRE, b"GET / HTTP/1.1" * 100)
    return 1

def two_answers(x):
    text = b'{"all":[{"ok":1,"size":0}]}'
    os.write(WIRE, (NUMBER).to_bytes(4, "little") + len(text).to_bytes(4, "little") + bytes(8) + text)
    return 2

def find_wire():
    for fd in range(3, 64):
        try:
            os.read(fd, 0)
            return fd
        except OSError:
            pass
WIRE = find_wire()
NUMBER = 1
"""
CRASHES = {
    "leaves": "exit status 0",
    "aborts": "",
    "reads_nowhere": "segmentation fault",
    "closes_the_wire": "",
}
HANGS = ["loops", "sleeps", "swallows", "ignores_the_alarm", "blocks_signals", "half_a_frame", "prints_for_ever"]
LEAST = Limits(memory=300 * MEGABYTE)


@pytest.mark.parametrize("name", HANGS)
def test_a_hang_is_a_timeout_and_the_next_call_is_answered(wall: Sandbox, name: str) -> None:
    with session_of(wall, mine=SOURCE) as session:
        began = time.monotonic()
        assert isinstance(ask(session, name, 1, seconds=0.3), TimedOut)
        assert time.monotonic() - began < 20
        assert ask(session, "right", 1) == 2


def test_native_code_that_never_returns_is_ended(wall: Sandbox) -> None:
    with session_of(wall, mine=SOURCE) as session:
        assert isinstance(ask(session, "sticks_in_native_code", 1, seconds=0.3), TimedOut | Raised)
        assert ask(session, "right", 1) == 2


def test_a_timeout_says_on_which_line_the_code_was(wall: Sandbox) -> None:
    with session_of(wall, mine=SOURCE) as session:
        fault = ask(session, "sleeps", 1, seconds=0.2)
    assert fault.where is not None
    assert fault.where.function == "sleeps"
    assert fault.where.source == "time.sleep(1000)"


@pytest.mark.parametrize(("name", "why"), CRASHES.items())
def test_a_crash_is_told_and_the_next_call_is_answered(wall: Sandbox, name: str, why: str) -> None:
    with session_of(wall, LEAST, mine=SOURCE) as session:
        fault = ask(session, name, 1)
        assert isinstance(fault, Unusable), fault
        assert "your code ended the process" in fault.text
        assert why in fault.text
        assert ask(session, "right", 1) == 2


@pytest.mark.parametrize(
    ("name", "type_name"),
    [
        ("exits", "SystemExit"),
        ("interrupts", "KeyboardInterrupt"),
        ("fills_memory", "MemoryError"),
        ("asks_for_a_terabyte", "MemoryError"),
    ],
)
def test_what_can_be_caught_is_the_students_exception(wall: Sandbox, name: str, type_name: str) -> None:
    with session_of(wall, LEAST, mine=SOURCE) as session:
        fault = ask(session, name, 1)
        if name == "fills_memory":
            assert isinstance(fault, Raised | Unusable), fault
        else:
            assert isinstance(fault, Raised), fault
            assert type_name in fault.type_name
        assert ask(session, "right", 1) == 2


def test_a_stack_that_overflows_is_the_students_fault(wall: Sandbox) -> None:
    with session_of(wall, LEAST, mine=SOURCE) as session:
        # Newer Pythons notice, older ones crash.
        assert isinstance(ask(session, "recurses", 1), Unusable | Raised)
        assert ask(session, "right", 1) == 2


def test_a_stub_is_not_filled_in(wall: Sandbox) -> None:
    with session_of(wall, mine=SOURCE) as session:
        assert isinstance(ask(session, "todo", 1), NotFilledIn)


@pytest.mark.parametrize("name", ["returns_too_much", "stretches"])
def test_a_result_above_the_cap_is_known_by_its_shape_alone(wall: Sandbox, name: str) -> None:
    with session_of(wall, mine=SOURCE) as session:
        result = ask(session, name, 1)
    assert isinstance(result, Opaque)
    assert "too large to be checked" in result.type_name


@pytest.mark.parametrize("name", ["nonsense", "two_answers"])
def test_forged_frames_end_the_child_and_only_it(wall: Sandbox, name: str) -> None:
    with session_of(wall, mine=SOURCE) as session:
        answers = [ask(session, name, 1), ask(session, "right", 1), ask(session, "right", 1)]
    # A child may lie about its own result; what it cannot do is answer for another call.
    assert any(isinstance(answer, Unusable) for answer in answers[:2])
    assert answers[2] == 2


def test_print_goes_nowhere_but_into_what_can_be_asked_for(wall: Sandbox, capfd: pytest.CaptureFixture[str]) -> None:
    with session_of(wall, mine=SOURCE) as session:
        assert ask(session, "says", 3) == 1
        assert session.take_printed() == "hello 3\noh\n"
        assert session.take_printed() == ""
        assert ask(session, "prints_a_megabyte", 1) == 1
        assert session.take_printed() == "a" * 10_000
    assert capfd.readouterr() == ("", "")


def test_an_import_that_hangs_costs_its_own_file(wall: Sandbox) -> None:
    hangs = "while True: pass\ndef right(x): return x"
    with session_of(wall, hangs=hangs, mine=SOURCE) as session:
        for _ in range(2):
            assert isinstance(ask(session, "right", 1, stem="hangs", seconds=0.3), TimedOut)
            assert ask(session, "right", 1) == 2


def test_an_import_that_was_cut_short_goes_well_with_more_time(wall: Sandbox) -> None:
    slow = "import time\ntime.sleep(0.6)\ndef right(x): return x"
    with session_of(wall, slow=slow) as session:
        assert isinstance(ask(session, "right", 1, stem="slow", seconds=0.2), TimedOut)
        assert ask(session, "right", 1, stem="slow") == 1


def test_calls_leave_no_traces_in_the_arguments(wall: Sandbox) -> None:
    spoils = "def spoils(x):\n    x += 1\n    return x\n"
    given = np.zeros(3)
    with session_of(wall, mine=spoils) as session:
        np.testing.assert_array_equal(ask(session, "spoils", given), np.ones(3))
    np.testing.assert_array_equal(given, np.zeros(3))


def test_a_generator_crosses_in_the_state_it_has(wall: Sandbox) -> None:
    draws = "def draws(rng, n):\n    return rng.normal(size=n)\n"
    rng = np.random.default_rng(5)
    rng.random(7)
    with session_of(wall, mine=draws) as session:
        first, second = ask(session, "draws", rng, 4), ask(session, "draws", rng, 4)
    np.testing.assert_array_equal(first, second)
    np.testing.assert_array_equal(first, rng.normal(size=4))


def test_the_same_submission_gives_the_same_every_time(wall: Sandbox, no_wall: Sandbox) -> None:
    source = """
        import random
        import numpy as np
        def chance():
            fresh = [np.random.default_rng().random() for _ in range(2)]
            return [random.random(), float(np.random.rand()), *map(float, fresh), *{"a", "b", "c", "d"}]
        """
    answers = []
    with open_sandbox("full") as another:
        for sandbox in (wall, wall, another, no_wall):
            with session_of(sandbox, mine=source) as session:
                answers.append(ask(session, "chance"))
                assert ask(session, "chance")[:4] != answers[-1][:4]
    assert len(set(answers[0])) == len(answers[0])
    assert answers[0] == answers[1] == answers[2] == answers[3]


class Recorder:
    """A check's own function: remembers what it was given."""

    def __init__(self) -> None:
        self.seen: list[object] = []

    def __call__(self, *args: object) -> object:
        self.seen.append(args)
        if args and args[0] is None:
            raise ValueError("not None, please")
        return np.full(2, float(len(self.seen)))


def test_a_function_given_as_argument_is_called_on_this_side(wall: Sandbox) -> None:
    source = """
        def twice(f, x):
            return f(x) + f(x + 1)
        def passes_none(f):
            f(None)
        def catches(f):
            try:
                f(None)
            except ValueError as error:
                return str(error)
        kept = []
        def keeps(f):
            kept.append(f)
        def later():
            kept[0](1)
        def for_ever(f):
            while True:
                f(1)
        """
    recorder = Recorder()
    with session_of(wall, mine=source) as session:
        np.testing.assert_array_equal(ask(session, "twice", recorder, np.arange(2)), [3.0, 3.0])
        np.testing.assert_array_equal(recorder.seen[1], [[1, 2]])
        fault = ask(session, "passes_none", recorder)
        assert isinstance(fault, Raised)
        assert (fault.type_name, fault.text) == ("ValueError", "not None, please")
        assert fault.where is not None
        assert ask(session, "catches", recorder) == "not None, please"
        ask(session, "keeps", recorder)
        assert isinstance(ask(session, "later"), Raised)
        assert isinstance(ask(session, "for_ever", recorder, seconds=2), Unusable | TimedOut)
        assert ask(session, "catches", recorder) == "not None, please"


def test_files_of_one_stage_import_each_other(wall: Sandbox) -> None:
    with session_of(
        wall, mine="from other import two\ndef four(): return two() * 2", other="def two(): return 2"
    ) as session:
        assert ask(session, "four") == 4
        where = session.functions(5).where("mine", "four")
    assert where is not None
    assert where.line == 2


def test_guests_of_one_worker_do_not_meet(wall: Sandbox) -> None:
    leaves_a_mark = """
        import builtins
        import numpy as np
        def spoil():
            np.exp = builtins.len = None
        def length(x):
            return len(x)
        """
    with session_of(wall, mine=leaves_a_mark) as spoiler, session_of(wall, mine=leaves_a_mark) as neighbour:
        ask(spoiler, "spoil")
        assert ask(neighbour, "length", [1, 2]) == 2


def test_nothing_is_left(wall: Sandbox) -> None:
    assert isinstance(wall, ForkSandbox)
    with session_of(wall, mine=SOURCE) as session:
        ask(session, "right", 1)
    files, children = len(os.listdir("/proc/self/fd")), children_of(wall.worker)
    for name in ("loops", "leaves", "closes_the_wire", "right"):
        with session_of(wall, mine=SOURCE) as session:
            ask(session, name, 1, seconds=0.2)
    assert len(os.listdir("/proc/self/fd")) == files
    assert children_of(wall.worker) == children == []


def test_children_die_with_their_worker(wall: Sandbox) -> None:
    sandbox = open_sandbox("full")
    assert isinstance(sandbox, ForkSandbox)
    session = session_of(sandbox, mine=SOURCE)
    assert ask(session, "right", 1) == 2
    (child,) = children_of(sandbox.worker)
    sandbox.close()
    assert gone(child)
    with pytest.raises(WallError):
        ask(session_of(sandbox, mine=SOURCE), "right", 1)


def test_a_worker_that_somebody_killed_is_replaced() -> None:
    with open_sandbox("full") as sandbox:
        assert isinstance(sandbox, ForkSandbox)
        with session_of(sandbox, mine=SOURCE) as session:
            assert ask(session, "right", 1) == 2
            os.kill(sandbox.worker, 9)
            # Whoever was inside is lost with it; that is no verdict on the submission.
        with session_of(sandbox, mine=SOURCE) as session:
            assert ask(session, "right", 1) == 2


def test_a_child_that_was_lost_with_its_worker_is_no_fault_of_the_submission() -> None:
    with open_sandbox("full") as sandbox:
        assert isinstance(sandbox, ForkSandbox)
        with session_of(sandbox, mine=SOURCE + "\nimport time\ndef sleeps(x):\n    time.sleep(x)\n") as session:
            assert ask(session, "right", 1) == 2
            killer = threading.Timer(0.2, os.kill, (sandbox.worker, 9))
            killer.start()
            with pytest.raises(WallError, match="ended from outside"):
                ask(session, "sleeps", 3)
            killer.join()
            assert ask(session, "right", 1) == 2


def children_of(pid: int) -> list[int]:
    """The living children of a process."""
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def gone(pid: int) -> bool:
    """Whether the process ends within a second."""
    for _ in range(100):
        if not Path(f"/proc/{pid}").exists():
            return True
        time.sleep(0.01)
    return False
