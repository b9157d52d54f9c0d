"""Changes to a solved stage 5, of which situations are made."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.conftest import ROOT

FILES = sorted((ROOT / "solutions/stage5").glob("*.py"))

Change = Callable[[Path], None]


def text(stem: str, content: str | bytes) -> Change:
    """This content in the place of a file."""
    raw = content if isinstance(content, bytes) else content.encode()
    return lambda stage: (stage / f"{stem}.py").write_bytes(raw) and None  # type: ignore[func-returns-value]


def before(stem: str, content: str) -> Change:
    """These lines above what stands in a file."""

    def change(stage: Path) -> None:
        path = stage / f"{stem}.py"
        path.write_text(content + path.read_text(encoding="utf-8"), encoding="utf-8")

    return change


def after(stem: str, content: str) -> Change:
    """These lines below what stands in a file."""

    def change(stage: Path) -> None:
        path = stage / f"{stem}.py"
        path.write_text(path.read_text(encoding="utf-8") + content, encoding="utf-8")

    return change


def renamed(old: str, new: str) -> Change:
    """A file under another name."""
    return lambda stage: (stage / old).rename(stage / new) and None  # type: ignore[func-returns-value]


def encoded(stem: str, encoding: str, comment: str, declared: bool) -> Change:
    """A file in this encoding."""

    def change(stage: Path) -> None:
        path = stage / f"{stem}.py"
        head = f"# -*- coding: {encoding} -*-\n" if declared else ""
        path.write_bytes(f"{head}# {comment}\n{path.read_text(encoding='utf-8')}".encode(encoding))

    return change


def both(*changes: Change) -> Change:
    """One change after the other."""

    def change(home: Path) -> None:
        for one in changes:
            one(home)

    return change


def raw(stem: str, made: Callable[[bytes], bytes]) -> Change:
    """What becomes of a file's bytes."""

    def change(stage: Path) -> None:
        path = stage / f"{stem}.py"
        path.write_bytes(made(path.read_bytes()))

    return change


def copied_beside_stub(stem: str) -> Change:
    """Filled in under the name of a second download, the stub as it was."""

    def change(stage: Path) -> None:
        (stage / f"{stem}.py").rename(stage / f"{stem} (1).py")
        shutil.copy(ROOT / "exercises" / stage.name / f"{stem}.py", stage)

    return change


def as_notebook(stem: str) -> Change:
    """A notebook in the place of a file."""

    def change(stage: Path) -> None:
        path = stage / f"{stem}.py"
        path.with_suffix(".ipynb").write_text(notebook([path.read_text(encoding="utf-8")]), encoding="utf-8")
        path.unlink()

    return change


def notebook(cells: list[str], kind: str = "code") -> str:
    """A notebook of these cells; the last is released as code, and of this kind by now."""
    words = {"nbgrader": {"solution": True, "cell_type": "code", "grade_id": "last"}}
    made = [{"cell_type": "code", "metadata": {}, "source": cell} for cell in cells]
    made[-1] |= {"cell_type": kind, "metadata": words}
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def moved(to: str, keep: bool = False) -> Change:
    """The solved files in another place."""

    def change(home: Path) -> None:
        (home / to).mkdir(parents=True, exist_ok=True)
        for path in FILES:
            shutil.copy(path, home / to)
        if not keep:
            shutil.rmtree(home / "stage5", ignore_errors=True)

    return change


def lone(name: str, content: str, instead: bool = False) -> Change:
    """One more file, or nothing but this."""

    def change(home: Path) -> None:
        if instead:
            shutil.rmtree(home / "stage5")
        (home / name).write_text(content, encoding="utf-8")

    return change


def joined(name: str) -> Change:
    """All functions in one file."""

    def change(home: Path) -> None:
        shutil.rmtree(home / "stage5")
        (home / name).parent.mkdir(exist_ok=True)
        (home / name).write_text("\n".join(path.read_text(encoding="utf-8") for path in FILES), encoding="utf-8")

    return change


def zipped(separator: str) -> Change:
    """The folder as an archive."""

    def change(home: Path) -> None:
        with zipfile.ZipFile(home / "work.zip", "w") as archive:
            for path in FILES:
                info = zipfile.ZipInfo(f"stage5{separator}{path.name}")
                info.filename = f"stage5{separator}{path.name}"
                archive.writestr(info, path.read_bytes())
        shutil.rmtree(home / "stage5")

    return change


def stubbed(at: str) -> Change:
    """The stubs as they were handed out."""

    def change(home: Path) -> None:
        (home / at).mkdir()
        for path in FILES:
            shutil.copy(ROOT / "exercises/stage5" / path.name, home / at)

    return change


def changed_copy(at: str) -> Change:
    """Another version of one file."""
    return lambda home: (home / at / "heads.py").write_text("x = 1\n") and None


def parted(home: Path) -> None:
    """A folder for each file."""
    for path in FILES:
        (home / path.stem).mkdir()
        shutil.copy(path, home / path.stem)
    shutil.rmtree(home / "stage5")


def notebook_of(name: str, first: str = "", needs: str = "", kind: str = "code", encoding: str = "utf-8") -> Change:
    """All functions in a notebook: its last answer of this `kind`, a `first` cell, and a file that it `needs`."""

    def change(home: Path) -> None:
        cells = [path.read_text(encoding="utf-8") for path in FILES]
        if needs:
            cells[-1] += f"\nfrom {needs} import same\nscaled_attention = same(scaled_attention)\n"
        shutil.rmtree(home / "stage5")
        content = notebook([first, *cells] if first else cells, kind)
        (home / name).write_text(content, encoding=encoding)

    return change
