"""All attacks, as things that can be laid into a folder: the files of this folder, and those no file can hold."""

from __future__ import annotations

import json
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.course.catalogue import stages
from tests.conftest import ROOT, copy_stage

HOME = Path(__file__).resolve().parent
SECRET = "/etc/passwd"


@dataclass(frozen=True)
class Attack:
    """A submission of one stage that attacks; `exercise` None means all of the stage."""

    name: str
    status: str
    exercise: str | None
    lay: Callable[[Path], None]
    folder: bytes | None = None


def all_attacks() -> list[Attack]:
    """Every attack, by status and name."""
    found = [*_files(), *_folders(), *MADE]
    return sorted(found, key=lambda attack: (attack.status, attack.name))


def _files() -> Iterator[Attack]:
    for path in HOME.glob("*/*.py"):
        exercise = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ").partition(":")[0]
        yield Attack(path.stem, path.parent.name, exercise, _over(exercise, path.read_bytes()))


def _folders() -> Iterator[Attack]:
    for path in HOME.glob("*/*/"):
        if path.name != "__pycache__":
            yield Attack(path.name, path.parent.name, None, _beside(path))


def _over(name: str, content: bytes) -> Callable[[Path], None]:
    exercise = next(exercise for stage in stages() for exercise in stage.exercises if exercise.name == name)

    def lay(home: Path) -> None:
        file = copy_stage(exercise.stage, home) / f"{exercise.stem}.py"
        file.write_bytes(file.read_bytes() + b"\n\n" + content)

    return lay


def _beside(folder: Path) -> Callable[[Path], None]:
    def lay(home: Path) -> None:
        target = copy_stage(5, home)
        for path in folder.glob("*.py"):
            shutil.copy(path, target)

    return lay


MADE: list[Attack] = []


def made(status: str, exercise: str | None = "causal_mask") -> Callable[[Callable[[Path], None]], None]:
    """Keep a function that spoils a solved stage 5; it gets the path of the exercise's file (or of the stage)."""

    def keep(spoil: Callable[[Path], None]) -> None:
        def lay(home: Path) -> None:
            target = copy_stage(5, home)
            spoil(target / "causal_mask.py" if exercise else target)

        MADE.append(Attack(spoil.__name__, status, exercise, lay))

    return keep


@made("error")
def null_bytes(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"\0\n")


@made("error")
def a_hundred_thousand_parentheses(file: Path) -> None:
    file.write_bytes(b"x = " + b"(" * 100_000 + b")" * 100_000)


@made("error")
def a_hundred_thousand_minus_signs(file: Path) -> None:
    file.write_bytes(b"x = " + b"-" * 100_000 + b"1")


@made("error")
def a_hundred_thousand_attributes(file: Path) -> None:
    file.write_bytes(b"x = a" + b".a" * 100_000)


@made("error")
def a_source_of_fifty_megabytes(file: Path) -> None:
    with file.open("ab") as stream:
        stream.write(b"#" * (50 << 20))


@made("error")
def an_integer_of_a_million_digits(file: Path) -> None:
    file.write_bytes(b"x = " + b"9" * 900_000)


@made("error")
def an_empty_file(file: Path) -> None:
    file.write_bytes(b"")


@made("passed")
def utf_16(file: Path) -> None:
    file.write_bytes(file.read_text().encode("utf-16"))


@made("error")
def an_unknown_encoding(file: Path) -> None:
    file.write_bytes(b"# -*- coding: klingon -*-\n" + file.read_bytes())


@made("passed")
def bytes_that_are_not_utf_8(file: Path) -> None:
    file.write_bytes(file.read_bytes() + b"\nx = '\xff\xfe'\n")


@made("error")
def a_program_for_the_machine(file: Path) -> None:
    file.write_bytes(b"\x7fELF\x02\x01\x01" + bytes(1000))


@made("passed")
def a_byte_order_mark_and_carriage_returns(file: Path) -> None:
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))


@made("passed")
def a_thousand_files_more(file: Path) -> None:
    for number in range(150):
        (file.parent / f"z{number}.py").write_text("raise SystemExit")
    for number in range(850):
        (file.parent / f"a{number}.txt").write_text("")


@made("error")
def a_link_to_the_answer(file: Path) -> None:
    kept = file.rename(file.with_name("kept.txt"))
    file.symlink_to(kept)


@made("error")
def a_link_to_a_secret(file: Path) -> None:
    file.unlink()
    file.symlink_to(SECRET)


@made("error")
def a_link_to_itself(file: Path) -> None:
    file.unlink()
    file.symlink_to(file)


@made("error")
def a_fifo(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


@made("error")
def a_socket(file: Path) -> None:
    file.unlink()
    # The path of a socket is short; from inside the folder it is.
    before = os.open(".", os.O_RDONLY)
    os.chdir(file.parent)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(file.name)
    os.fchdir(before)
    os.close(before)


@made("error")
def a_folder_with_the_name_of_a_file(file: Path) -> None:
    file.unlink()
    file.mkdir()


@made("error")
def a_device(file: Path) -> None:
    file.unlink()
    try:
        # /dev/zero: it would be read for ever.
        os.mknod(file, 0o020666, os.makedev(1, 5))
    except PermissionError:
        # Only root makes devices.
        os.mkfifo(file)


@made("passed", None)
def a_link_to_a_folder_beside_it(stage: Path) -> None:
    # The link is not followed; the folder itself is found.
    moved = stage.rename(stage.with_name("elsewhere"))
    stage.symlink_to(moved)


@made("error", None)
def a_link_to_the_reference(stage: Path) -> None:
    shutil.rmtree(stage)
    stage.symlink_to(ROOT / "solutions" / "stage5")


@made("error", None)
def nothing_at_all(stage: Path) -> None:
    shutil.rmtree(stage)


@made("error", None)
def a_notebook_that_is_none(stage: Path) -> None:
    shutil.rmtree(stage)
    stage.with_suffix(".ipynb").write_text('{"cells": ' + "[" * 100_000)


@made("error", None)
def a_notebook_of_strange_cells(stage: Path) -> None:
    shutil.rmtree(stage)
    stage.with_suffix(".ipynb").write_text('{"cells": [{"cell_type": "code", "source": [1, {}]}, null, 3]}')


@made("passed", None)
def a_notebook_whose_cells_exit(stage: Path) -> None:
    sources = [path.read_text() for path in sorted(stage.glob("*.py"))]
    shutil.rmtree(stage)
    hostile = ["import sys\nsys.exit(0)", "raise SystemExit(0)", "!rm -rf /", "%%bash\nkill -9 $PPID", "1 +"]
    cells = [{"cell_type": "code", "source": source} for source in (*hostile, *sources, *hostile)]
    stage.with_suffix(".ipynb").write_text(json.dumps({"cells": cells}))


def _named(name: str, folder: bytes) -> None:
    MADE.append(Attack(name, "passed", None, lambda home: copy_stage(5, home) and None, folder))


_named("a name with a newline", b"new\nline")
_named("a name that is a formula", b"=HYPERLINK(\"http:evil\",\"grade\")")
_named("a name that is a command", b"+cmd|' -C calc'!A0")
_named("a name that is markup", b"<script>alert(1)<script>")
_named("a name that is a workflow command", b"::notice title=Autograding report::100")
_named("a name that repaints the terminal", b"\x1b[2J\x1b]0;owned\x07")
_named("a name that is no text", b"\xff\xfe\x80")
_named("a name that reads backwards", "\u202egnp.exe".encode())
_named("a name of 255 bytes", b"n" * 255)
_named("a name that is an option", b"--out")
