"""Where work lies, as people send it: what is taken, what is said of it, and what is left alone."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.grading.intake import Submission, read_submission
from tests.conftest import ROOT, copy_stage

FILES = sorted((ROOT / "solutions/stage5").glob("*.py"))


def texts() -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in FILES}


def notebook(*cells: str, outputs: str = "") -> str:
    output = [{"output_type": "stream", "name": "stdout", "text": outputs}] if outputs else []
    return json.dumps(
        {
            "cells": [
                {"cell_type": "code", "metadata": {}, "execution_count": 1, "source": cell, "outputs": output}
                for cell in cells or texts().values()
            ],
            "metadata": {},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
    )


def put(home: Path, name: str, content: str | bytes) -> None:
    path = home / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def folder(at: str) -> Callable[[Path], None]:
    def build(home: Path) -> None:
        for name, text in texts().items():
            put(home, f"{at}/{name}", text)

    return build


def stubs(at: str, *stems: str) -> Callable[[Path], None]:
    """The stage's files as they were handed out, or those of some stems."""
    paths = [path for path in sorted((ROOT / "exercises/stage5").glob("*.py")) if path.stem in (stems or path.stem)]
    return lambda home: [put(home, f"{at}/{path.name}", path.read_bytes()) for path in paths] and None


def single(name: str, content: str | bytes | None = None) -> Callable[[Path], None]:
    return lambda home: put(home, name, content or notebook())


def zipped(at: str, name: str, more: dict[str, str] | None = None) -> Callable[[Path], None]:
    return lambda home: put(home, name, archive({**{f"{at}{n}": t for n, t in texts().items()}, **(more or {})}))


def archive(members: dict[str, str] | dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as stream:
        for name, content in members.items():
            stream.writestr(name, content)
    return out.getvalue()


def beside(*builds: Callable[[Path], None]) -> Callable[[Path], None]:
    def build(home: Path) -> None:
        for one in builds:
            one(home)

    return build


def renamed(old: str, new: str, at: str = "stage5") -> Callable[[Path], None]:
    def build(home: Path) -> None:
        folder(at)(home)
        (home / at / old).rename(home / at / new)

    return build


JUNK = beside(
    lambda home: put(home, "__MACOSX/stage5/._heads.py", b"\0\0"),
    lambda home: put(home, ".venv/lib/stage5/heads.py", "def split_heads(): pass"),
    lambda home: put(home, "env/pyvenv.cfg", "home = x"),
    lambda home: put(home, "env/lib/stage5/heads.py", "def split_heads(): pass"),
    lambda home: put(home, "node_modules/stage5/heads.py", "def split_heads(): pass"),
    lambda home: put(home, ".ipynb_checkpoints/stage5-checkpoint.ipynb", notebook()),
    lambda home: put(home, ".DS_Store", b"\0"),
    lambda home: put(home, "README.md", "hello"),
)
# What is there, and a word of the note that it takes ("" for work at its place, of which nothing is said).
TAKEN: dict[str, tuple[Callable[[Path], None], str]] = {
    "its place": (folder("stage5"), ""),
    "its place under exercises": (folder("exercises/stage5"), ""),
    "a notebook": (single("stage5.ipynb"), ""),
    "nbgrader's own folder": (single("stage5/stage5.ipynb"), ""),
    "capital": (folder("Stage5"), "`Stage5/`"),
    "blank": (folder("stage 5"), "`stage 5/`"),
    "underscore": (folder("stage_5"), "`stage_5/`"),
    "zero": (folder("STAGE-05"), "`STAGE-05/`"),
    "name of the student": (folder("jane_stage5"), "`jane_stage5/`"),
    "downloaded twice": (folder("stage5 (1)"), "`stage5 (1)/`"),
    "one level down": (folder("homework/stage5"), "`homework/stage5/`"),
    "four levels down": (folder("a/b/c/stage5"), "`a/b/c/stage5/`"),
    "below four levels": (folder("a/b/c/d/stage5"), "`a/b/c/d/stage5/`"),
    "down, beside junk": (beside(folder("a/Stage 5"), JUNK), "`a/Stage 5/`"),
    "its place, beside junk": (beside(folder("stage5"), JUNK), ""),
    "loose": (folder("."), "loose in the submission"),
    "loose in exercises": (folder("exercises"), "`exercises/`"),
    "loose in a folder of theirs": (folder("my work"), "`my work/`"),
    "loose, beside junk": (beside(folder("."), JUNK), "loose"),
    "its place, and an old copy": (beside(folder("stage5"), folder("old/stage5")), ""),
    "zip of the folder": (zipped("stage5/", "work.zip"), "`work.zip/stage5/`"),
    "zip of loose files": (zipped("", "stage5.zip"), "`stage5.zip/`"),
    "zip deep down": (zipped("x/Stage5/", "a/b/work.zip"), "`a/b/work.zip/x/Stage5/`"),
    "zip of a Mac": (zipped("stage5/", "Archiv.zip", {"__MACOSX/stage5/._heads.py": "\0"}), "`Archiv.zip/stage5/`"),
    "zip in a zip": (
        lambda home: put(home, "a.zip", archive({"b.zip": archive({f"stage5/{n}": t for n, t in texts().items()})})),
        "`a.zip/b.zip/stage5/`",
    ),
    "zip with backslashes": (zipped("stage5\\", "work.zip"), "`work.zip/stage5/`"),
    "zip beside what was in it": (beside(folder("Stage5"), zipped("Stage5/", "Stage5.zip")), "`Stage5/`"),
    "zip with a notebook": (
        lambda home: put(home, "w.zip", archive({"stage5.ipynb": notebook()})),
        "`w.zip/stage5.ipynb`",
    ),
    "notebook of a student": (single("stage5-jane.ipynb"), "`stage5-jane.ipynb`"),
    "notebook downloaded twice": (single("stage5 (1).ipynb"), "`stage5 (1).ipynb`"),
    "copy of a notebook": (single("Copy of stage5.ipynb"), "`Copy of stage5.ipynb`"),
    "the only notebook": (single("homework.ipynb"), "`homework.ipynb`"),
    "the only notebook, down": (beside(single("a/b/Untitled.ipynb"), JUNK), "`a/b/Untitled.ipynb`"),
    "notebook in a folder of the stage": (single("stage5/solution.ipynb"), "`stage5/solution.ipynb`"),
    "two copies of one notebook": (beside(single("stage5-a.ipynb"), single("stage5-b.ipynb")), "`stage5-a.ipynb`"),
    "another notebook beside": (
        beside(single("stage5 final.ipynb"), single("notes.ipynb", notebook("x = 1"))),
        "`stage5 final.ipynb`",
    ),
    "capital file": (renamed("heads.py", "Heads.py"), "heads.py was read from `Heads.py`"),
    "file downloaded twice": (renamed("heads.py", "heads (1).py"), "`heads (1).py`"),
    "copy of a file": (renamed("heads.py", "heads-copy.py"), "`heads-copy.py`"),
    "file with a hidden ending": (renamed("kv_cache.py", "kv_cache.py.txt"), "`kv_cache.py.txt`"),
    "dash for underscore": (renamed("kv_cache.py", "KV-Cache.py"), "`KV-Cache.py`"),
    "a file left outside": (renamed("heads.py", "../heads.py"), "`heads.py`"),
    "their name before a file": (renamed("heads.py", "jane_heads.py"), "`jane_heads.py`"),
    "their name behind a file": (renamed("heads.py", "heads_jane doe.py"), "`heads_jane doe.py`"),
    "an LMS before a file": (renamed("heads.py", "doejane_123_456_heads-1.py"), "`doejane_123_456_heads-1.py`"),
    "a stage before a file": (renamed("heads.py", "stage5_heads.py"), "`stage5_heads.py`"),
    "text": (renamed("heads.py", "heads.txt"), "`heads.txt`"),
    "twice the ending": (renamed("heads.py", "heads.py.py"), "`heads.py.py`"),
    "a copy of an editor": (renamed("heads.py", "heads.py~"), "`heads.py~`"),
    "a copy in another script": (renamed("heads.py", "heads 副本.py"), "`heads 副本.py`"),
    "all files after a student": (
        lambda home: [put(home, f"stage5/jane_{n}", t) for n, t in texts().items()] and None,
        "`jane_heads.py`",
    ),
    "one file for all": (single("stage5.py", "\n".join(texts().values())), "`stage5.py`"),
    "one file for all in the folder": (single("stage5/work.py", "\n".join(texts().values())), "`stage5/work.py`"),
    "a notebook for each file": (
        lambda home: [put(home, f"stage5/{n[:-3]}.ipynb", notebook(t)) for n, t in texts().items()] and None,
        "`heads.ipynb`",
    ),
    "a notebook in the place of a file": (
        beside(
            folder("stage5"),
            lambda home: (home / "stage5/heads.py").rename(home / "x"),
            lambda home: (home / "x").unlink(),
            single("stage5/heads.ipynb", notebook(texts()["heads.py"])),
        ),
        "`heads.ipynb`",
    ),
    "a folder for each file": (
        lambda home: [put(home, f"{n[:-3]}/{n}", t) for n, t in texts().items()] and None,
        "6 folders",
    ),
    "a zip for each file": (
        lambda home: [put(home, f"{n}.zip", archive({n: t})) for n, t in texts().items()] and None,
        "6 folders",
    ),
    "the stubs at the place": (beside(stubs("stage5"), folder("mine")), "`mine/`, for `stage5/` is not filled in"),
    "the stubs beside a notebook": (beside(stubs("exercises/stage5"), single("stage5.ipynb")), ""),
    "a copy beside its stub": (
        beside(folder("stage5"), stubs("stage5", "heads"), single("stage5/heads (1).py", texts()["heads.py"])),
        "heads.py was read from `heads (1).py`, for heads.py is not filled in",
    ),
    "a notebook with another ending": (single("stage5.ipynb.txt"), "`stage5.ipynb.txt`"),
    "a notebook in 16 bits": (single("stage5.ipynb", notebook().encode("utf-16")), ""),
    "a zip with an environment": (
        zipped("stage5/", "w.zip", {f".venv/lib/a{n}.py": "x" for n in range(2_100)}),
        "`w.zip/stage5/`",
    ),
    "a folder and file of theirs": (renamed("heads.py", "Heads.py", at="x/Stage5"), "`Heads.py`"),
}


def whole(submission: Submission) -> bool:
    sources = submission.sources.get(5, {})
    is_there = all(sources.get(path.stem) and sources[path.stem].chunks for path in FILES)
    return is_there and not any(sources[path.stem].problem for path in FILES)


@pytest.mark.parametrize("case", TAKEN)
def test_the_only_place_that_fits_is_taken_with_a_note(tmp_path: Path, case: str) -> None:
    build, note = TAKEN[case]
    home = tmp_path / "jane"
    home.mkdir()
    build(home)
    found = read_submission(home)
    assert whole(found), (found.notes, found.missing)
    assert set(found.sources) == {5}
    if note:
        assert any(note in said for said in found.notes), found.notes
    else:
        assert found.notes == ()


SEVERAL: dict[str, tuple[Callable[[Path], None], tuple[str, ...]]] = {
    "two folders": (
        beside(folder("a/stage5"), folder("b/Stage5"), lambda home: put(home, "b/Stage5/heads.py", "x = 1")),
        ("`a/stage5/`", "`b/Stage5/`"),
    ),
    "two notebooks": (
        beside(single("stage5-a.ipynb"), single("stage5-b.ipynb", notebook("def split_heads(x, n): pass"))),
        ("`stage5-a.ipynb`", "`stage5-b.ipynb`"),
    ),
    "two unnamed notebooks with the same function": (
        beside(single("one.ipynb"), single("two.ipynb", notebook("def split_heads(x, n): pass"))),
        ("`one.ipynb`", "`two.ipynb`"),
    ),
    "a folder and a notebook": (
        beside(folder("Stage5"), single("stage5 (1).ipynb")),
        ("`Stage5/`", "`stage5 (1).ipynb`"),
    ),
    "loose and in exercises": (
        beside(folder("."), folder("exercises"), lambda home: put(home, "exercises/heads.py", "def split_heads(): 1")),
        ("`exercises/`", "several places"),
    ),
}


@pytest.mark.parametrize("case", SEVERAL)
def test_where_several_fit_none_is_taken_and_all_are_named(tmp_path: Path, case: str) -> None:
    build, named = SEVERAL[case]
    build(tmp_path)
    found = read_submission(tmp_path)
    assert not any(source.chunks for source in found.sources[5].values())
    for source in found.sources[5].values():
        assert all(name in source.problem for name in named), source.problem
        assert "keep one" in source.problem


def test_several_files_that_could_be_one_are_named(tmp_path: Path) -> None:
    renamed("heads.py", "heads (1).py")(tmp_path)
    put(tmp_path, "stage5/heads-copy.py", "def split_heads(): pass")
    found = read_submission(tmp_path).sources[5]
    assert "`heads (1).py`" in found["heads"].problem
    assert "`heads-copy.py`" in found["heads"].problem
    assert found["kv_cache"].chunks


NOTHING: dict[str, tuple[Callable[[Path], None], str]] = {
    "nothing": (lambda home: None, "the submission is empty"),
    "another text": (single("essay.txt", "hello"), "found `essay.txt`"),
    "six levels down": (folder("a/b/c/d/e/f/stage5"), "stage5/ is missing"),
    "a misspelt folder": (lambda home: put(home, "stge5/notes.txt", "x"), "`stge5` looks like it"),
    "a RAR archive": (single("work.rar", "Rar!"), "work.rar cannot be opened here"),
    "a notebook of something else": (single("thesis.ipynb", notebook("x = 1")), "found `thesis.ipynb`"),
    "stray modules with names of the stage": (lambda home: put(home, "heads.py", "x = 1"), "found `heads.py`"),
    "only junk": (JUNK, "found `README.md`"),
    "far down": (folder("a/b/c/d/e/f"), "as far down as `a/b/c/d/e/f/` is not looked at: move it up"),
    "a folder without its files": (single("Stage5/ideas.py", "x = 1"), "`Stage5/` holds none of the files of stage5"),
}


@pytest.mark.parametrize("case", NOTHING)
def test_missing_says_what_was_found(tmp_path: Path, case: str) -> None:
    build, said = NOTHING[case]
    build(tmp_path)
    found = read_submission(tmp_path)
    assert found.sources == {}
    assert said in found.missing[5]


def test_a_missing_file_says_what_looks_like_it(tmp_path: Path) -> None:
    renamed("heads.py", "haeds.py")(tmp_path)
    assert "`haeds.py` looks like it: call it heads.py" in read_submission(tmp_path).sources[5]["heads"].problem
    (tmp_path / "stage5/haeds.py").rename(tmp_path / "stage5/utils.py")
    assert "found `utils.py`" in read_submission(tmp_path).sources[5]["heads"].problem


def test_a_helper_with_the_function_of_another_stage_is_not_that_stage(tmp_path: Path) -> None:
    folder("stage5")(tmp_path)
    put(tmp_path, "utils.py", "def softmax(x):\n    return x\n")
    assert set(read_submission(tmp_path).sources) == {5}


def test_stubs_alone_are_what_was_handed_in(tmp_path: Path) -> None:
    stubs("stage5")(tmp_path)
    found = read_submission(tmp_path)
    assert whole(found)
    assert found.notes == ()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "it is empty"),
        ("<<<<<<< HEAD\n{}", "conflict of git"),
        ("import numpy\n", "it is Python code"),
        ("{", "saves"),
    ],
)
def test_a_notebook_that_is_none_says_what_to_do(tmp_path: Path, content: str, said: str) -> None:
    put(tmp_path, "stage5.ipynb", content)
    assert said in read_submission(tmp_path).sources[5]["heads"].problem


def test_files_of_two_stages_with_one_name_go_where_they_belong(tmp_path: Path) -> None:
    for number in (5, 6):
        copy_stage(number, tmp_path / "all")
    for number in (5, 6):
        for path in (tmp_path / f"all/stage{number}").glob("*.py"):
            if path.name != "positions.py":
                shutil.copy(path, tmp_path / path.name)
    shutil.copy(tmp_path / "all/stage6/positions.py", tmp_path)
    shutil.rmtree(tmp_path / "all")
    found = read_submission(tmp_path)
    assert set(found.sources) == {5, 6}
    assert found.sources[6]["positions"].chunks


BAD_ARCHIVES = {
    "no archive": (b"hello", "is not a zip archive"),
    "cut short": (archive({"stage5/heads.py": "x" * 5000})[:60], "is not a zip archive"),
    "a path out of it": (archive({"../stage5/heads.py": "x"}), "leads out of it"),
    "a rooted path": (archive({"/stage5/heads.py": "x"}), "leads out of it"),
    "a drive": (archive({"C:\\stage5\\heads.py": "x"}), "leads out of it"),
    "a bomb": (archive({f"stage5/f{n}.py": b"\0" * 20_000_000 for n in range(6)}), "unpacks to more than"),
    "too many": (archive({f"stage5/f{n}.py": "" for n in range(2_100)}), "more than 2000 files"),
    "too deep": (archive({"b.zip": archive({"c.zip": archive({"stage5/heads.py": "x"})})}), "is not opened"),
}


@pytest.mark.parametrize("case", BAD_ARCHIVES)
def test_a_bad_archive_is_named_and_costs_nothing_else(tmp_path: Path, case: str) -> None:
    content, said = BAD_ARCHIVES[case]
    folder("stage5")(tmp_path)
    put(tmp_path, "work.zip", content)
    found = read_submission(tmp_path)
    assert whole(found)
    assert any("work.zip" in note and said in note for note in found.notes), found.notes


def test_a_link_in_an_archive_is_not_followed(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as stream:
        info = zipfile.ZipInfo("stage5/heads.py")
        info.external_attr = 0o120777 << 16
        stream.writestr(info, "/etc/passwd")
    put(tmp_path, "work.zip", out.getvalue())
    found = read_submission(tmp_path)
    assert found.sources == {}
    assert any("links are not followed" in note for note in found.notes)


def test_the_outputs_of_a_notebook_do_not_count_for_its_size(tmp_path: Path) -> None:
    put(tmp_path, "stage5.ipynb", notebook(outputs='[{"outputs": [' + "x" * 8_000_000))
    found = read_submission(tmp_path)
    assert whole(found)
    assert b"def split_heads" in b"".join(found.sources[5]["heads"].chunks)


NO_CODE = {
    "a PDF": (b"%PDF-1.7\n", "is a PDF"),
    "a Word document": (b"PK\x03\x04rest", "is a zip archive (or an Office document)"),
    "a web page": (b"\n<!DOCTYPE html><html>", "is a web page"),
    "a notebook": (notebook("x = 1").encode(), "is a notebook under another name"),
    "rich text": (b"{\\rtf1 hello}", "(RTF)"),
}


@pytest.mark.parametrize("case", NO_CODE)
def test_what_is_no_code_is_called_by_its_name(tmp_path: Path, case: str) -> None:
    content, said = NO_CODE[case]
    folder("stage5")(tmp_path)
    put(tmp_path, "stage5/heads.py", content)
    found = read_submission(tmp_path).sources[5]
    assert said in found["heads"].problem
    assert found["kv_cache"].chunks


def test_a_notebook_that_is_a_web_page_says_so(tmp_path: Path) -> None:
    put(tmp_path, "stage5.ipynb", "<!DOCTYPE html>\n<html><body>Sign in</body></html>")
    source = read_submission(tmp_path).sources[5]["heads"]
    assert "stage5.ipynb is not a notebook that can be read: it is a web page; hand in the file" in source.problem
