"""Locked-in code reaches no file, no network, no other process; each attempt is made for real."""

from __future__ import annotations

import errno
import os
import platform
from pathlib import Path

import pytest

from grader.isolation.sandbox import Sandbox
from grader.isolation.seccomp import ALWAYS, OTHERWISE
from grader.isolation.syscalls import this_machine
from grader.student.faults import Raised, Unusable
from tests.isolation.conftest import ask, session_of

# Each is the body of `def attack(path)`; `path` is a file of ours that exists.
REFUSED = {
    "reads a file": "return open(path).read()",
    "reads a file by its descriptor": "return os.read(os.open(path, os.O_RDONLY), 10)",
    "reads /etc/passwd": "return open('/etc/passwd').read()",
    "reads its environment in /proc": "return open('/proc/self/environ', 'rb').read()",
    "reads its parent's memory in /proc": "return open(f'/proc/{os.getppid()}/mem', 'rb').read(1)",
    "looks whether a file is there": "return os.stat(path)",
    "lists a directory": "return os.listdir('/')",
    "follows a link": "return os.readlink('/proc/self/exe')",
    "opens a device": "return open('/dev/null')",
    "maps a file": "return np.memmap(path, mode='r')",
    "loads a file as an array": "return np.fromfile(path)",
    "writes a file": "open(path, 'w').write('x')",
    "makes a file": "open('/tmp/left-behind', 'w')",
    "makes a directory": "os.mkdir('/tmp/left-behind')",
    "removes a file": "os.unlink(path)",
    "renames a file": "os.rename(path, path + 'x')",
    "changes the mode": "os.chmod(path, 0o777)",
    "makes a link": "os.symlink(path, '/tmp/left-behind')",
    "makes a FIFO": "os.mkfifo('/tmp/left-behind')",
    "changes the directory": "os.chdir('/tmp')",
    "makes memory a file": "return os.memfd_create('x')",
    "opens a network socket": "import socket; socket.socket()",
    "opens a local socket": "import socket; socket.socket(socket.AF_UNIX)",
    "makes a socket pair": "import socket; socket.socketpair()",
    "makes a pipe": "os.pipe()",
    "looks up a name": "import socket; socket.create_connection(('127.0.0.1', 1))",
    "forks": "os.fork()",
    "runs a command": "import subprocess; subprocess.run(['/bin/true'])",
    "spawns": "os.posix_spawn('/bin/true', ['true'], {})",
    "becomes another program": "os.execv('/bin/true', ['true'])",
    "kills its parent": "os.kill(os.getppid(), 9)",
    "stops its parent": "import signal; os.kill(os.getppid(), signal.SIGSTOP)",
    "kills everybody": "os.kill(-1, 9)",
    "kills its group": "os.killpg(0, 9)",
    "changes a limit": "import resource; resource.setrlimit(resource.RLIMIT_AS, (-1, -1))",
    "becomes root": "os.setuid(0)",
    "leaves its session": "os.setsid()",
    "lowers its priority": "os.nice(5)",
    "binds itself to a processor": "os.sched_setaffinity(0, [0])",
    "makes itself heard by signals": "import fcntl; fcntl.fcntl(3, 8, os.getppid())",
    "unshares": "import ctypes; check(ctypes.CDLL(None, use_errno=True).unshare(0x10000000))",
    "traces its parent": "import ctypes; check(ctypes.CDLL(None, use_errno=True).ptrace(16, os.getppid(), 0, 0))",
    "revokes the tie to its parent": "import ctypes; check(ctypes.CDLL(None, use_errno=True).prctl(1, 0, 0, 0, 0))",
}
SOURCE = """
import os
import numpy as np

def check(result):
    import ctypes
    if result < 0:
        raise OSError(ctypes.get_errno(), "refused")

def attack(path):
    BODY
    return "escaped"

def starts_a_thread():
    import threading
    threading.Thread(target=print).start()

def environment():
    import os
    return dict(os.environ)

def own_modules():
    import sys
    return sorted(name for name in sys.modules if name.startswith("grader"))

def imports(name):
    # What is not there is a stand-in, which has no file and no function of its own.
    import importlib
    module = importlib.import_module(name)
    return [type(module).__name__, isinstance(getattr(module, "__file__", None), str)]

def every_call(numbers):
    import ctypes
    libc = ctypes.CDLL(None, use_errno=True)
    answered = {}
    for number in numbers:
        ctypes.set_errno(0)
        if libc.syscall(ctypes.c_long(number), *[ctypes.c_long(0)] * 6) != -1:
            answered[str(number)] = "done"
        else:
            answered[str(number)] = ctypes.get_errno()
    return answered

def foreign_call():
    import ctypes, mmap
    code = mmap.mmap(-1, 4096, prot=7)
    code.write(bytes.fromhex("b814000000cd80c3"))  # the 32-bit getpid
    return ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(code)))()
"""


@pytest.mark.parametrize("attempt", REFUSED)
def test_the_wall_refuses_and_the_code_is_told_so(wall: Sandbox, tmp_path: Path, attempt: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("1 2 3\n")
    before = secret.stat()
    with session_of(wall, mine=SOURCE.replace("BODY", REFUSED[attempt])) as session:
        fault = ask(session, "attack", str(secret))
    assert isinstance(fault, Raised), fault
    assert fault.type_name in ("PermissionError", "OSError", "BlockingIOError", "ValueError"), fault
    assert fault.where is not None
    assert fault.where.file == "stage5/mine.py"
    assert secret.read_text() == "1 2 3\n"
    assert secret.stat().st_mode == before.st_mode
    assert not os.path.lexists("/tmp/left-behind")


def test_no_thread_can_be_started(wall: Sandbox) -> None:
    with session_of(wall, mine=SOURCE.replace("BODY", "pass")) as session:
        fault = ask(session, "starts_a_thread")
    assert isinstance(fault, Raised)
    assert fault.type_name == "RuntimeError"


def test_every_system_call_off_the_list_is_refused(wall: Sandbox) -> None:
    machine = this_machine()
    assert machine is not None
    allowed = {machine.number(call) for call in (*ALWAYS, "sendto", "futex")}
    # Linux lets x86_64's uretprobe and uprobe pass every filter; only its own trampolines can use them.
    unfiltered = {335, 336} if machine.name == "x86_64" else set()
    others = [number for number in range(470) if number not in allowed | unfiltered]
    # The same numbers with the x32 bit, another way in on x86_64.
    others += [0x40000000 + number for number in range(470)]
    with session_of(wall, mine=SOURCE.replace("BODY", "pass")) as session:
        answered = ask(session, "every_call", others)
    assert isinstance(answered, dict), answered
    assert len(answered) == len(others)
    assert set(answered.values()) <= {1, *OTHERWISE.values()}


def test_no_futex_says_which_threads_exist(wall: Sandbox) -> None:
    machine = this_machine()
    assert machine is not None
    source = """
        import ctypes, os
        def asks(number, operation):
            word = ctypes.c_uint32(os.getppid())
            failed = ctypes.CDLL(None, use_errno=True).syscall(number, ctypes.byref(word), operation, 0, None, None, 0)
            return ctypes.get_errno() if failed else 0
        def arguments():
            import sys
            return [sys.argv, sys.orig_argv]
        """
    with session_of(wall, mine=source) as session:
        for operation in (6, 7, 8, 11, 12, 13, 6 | 128):
            assert ask(session, "asks", machine.number("futex"), operation) == errno.ENOSYS
        assert ask(session, "asks", machine.number("futex"), 1 | 128) == 0
        assert ask(session, "arguments") == [[""], [""]]


@pytest.mark.skipif(platform.machine() != "x86_64", reason="the code is for x86_64")
def test_a_call_of_another_instruction_set_ends_the_process(wall: Sandbox) -> None:
    with session_of(wall, mine=SOURCE.replace("BODY", "pass")) as session:
        fault = ask(session, "foreign_call")
    assert isinstance(fault, Unusable)
    assert "SIGSYS" in fault.text


def test_nothing_of_ours_is_in_there(wall: Sandbox) -> None:
    with session_of(wall, mine=SOURCE.replace("BODY", "pass")) as session:
        assert ask(session, "environment") == {}
        modules = ask(session, "own_modules")
        for name in ("grader.course.checks", "grader.course.suites", "grader.grading.reference", "pytest", "scipy"):
            answer = ask(session, "imports", name)
            assert isinstance(answer, Raised) or answer[1] is False, (name, answer)
    ours = ("grader.isolation", "grader.student")
    assert {name for name in modules if not name.startswith(ours)} == {"grader"}


@pytest.mark.parametrize(
    "name", ["math", "random", "collections", "dataclasses", "numpy.testing", "socket", "unittest"]
)
def test_what_an_exercise_may_want_is_there(wall: Sandbox, name: str) -> None:
    with session_of(wall, mine=SOURCE.replace("BODY", "pass")) as session:
        kind, _ = ask(session, "imports", name)
        assert kind == "module"
