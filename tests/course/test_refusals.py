"""What is missing or malformed in the course is refused by one line that begins with the file and the line."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.conftest import ROOT, STALE, run_module
from tests.warm import BARE

SUITE = "grader/course/suites/stage5/test_positions.py"
PAGES, STUB = "exercises/stage5/MISTAKES.md", "exercises/stage5/positions.py"
HINTS = "exercises/stage5/hints.toml"
ANSWER = "solutions/stage5/answers/positions/loops.py"
NEW_TEST = "\n\n{tie}\ndef test_more(answer, rng{more}):\n    {text}\n    answer(1)\n"
Case = tuple[str, str, str, str]


def added(tie: str, text: str = '"""Is it so?"""', more: str = "") -> str:
    return NEW_TEST.format(tie=tie, text=text, more=more)


# The file that is changed, what is replaced in it ("" appends), by what, and what the line says.
CASES: dict[str, Case] = {
    "a page without a title": (PAGES, "**5.6 · ", "**", r"MISTAKES\.md:\d+: '## Mistake 6' has no title"),
    "a page of another number": (PAGES, "**5.6 · ", "**5.7 · ", r"MISTAKES\.md:\d+: '## Mistake 6' is titled 5\.7"),
    "a page of another stage": (PAGES, "**5.6 · ", "**3.6 · ", r"MISTAKES\.md:\d+: '## Mistake 6' is titled 3\.6"),
    "two pages of one number": (PAGES, "", "\n## Mistake 6\n\n**5.6 · Again**\n\nText.\n", r":\d+: 5\.6 has a section"),
    "a page that no check shows": (
        PAGES,
        "",
        "\n## Mistake 99\n\n**5.99 · New**\n\nText.\n",
        r":\d+: no check shows 5\.99",
    ),
    "a test without a page": (
        SUITE,
        "",
        added('@shows("5.99", "add_positions")'),
        r"test_positions\.py:\d+: .*no page",
    ),
    "an id that is none": (
        SUITE,
        "",
        added('@shows("59", "add_positions")'),
        r"test_positions\.py:\d+: '59' is no mistake",
    ),
    "a test without a question": (
        SUITE,
        "",
        added('@shows("5.6", "add_positions")', "pass"),
        r"\.py:\d+: test_more needs a doc",
    ),
    "a test that is tied to nothing": (
        SUITE,
        "",
        added("@staticmethod").replace("@staticmethod\n", ""),
        r":\d+: test_more is tied",
    ),
    "two general checks": (
        SUITE,
        "",
        added('@general("add_positions")', more=", expected"),
        r":\d+: add_positions has a general",
    ),
    "no general check": (SUITE, "", added('@shows("5.6", "add_more")'), r"\.py:\d+: add_more has no general check"),
    "an order of files that are not there": (
        "grader/course/suites/stage5/__init__.py",
        '"positions"',
        '"postions"',
        r"__init__\.py:1: ORDER names 'postions'",
    ),
    "a stage without a title": (
        "grader/course/suites/stage5/__init__.py",
        "Stage 5: attention",
        "Attention",
        r"__init__\.py:1: the docstring",
    ),
    "a stub without a docstring": (
        STUB,
        "",
        "\n\ndef more(x):\n    raise NotImplementedError\n",
        r"positions\.py:\d+: more needs",
    ),
    "a stub that no check asks for": (
        STUB,
        "",
        '\n\ndef more(x):\n    """Do it."""\n',
        r"positions\.py:\d+: no check asks for more",
    ),
    "a stub under another name": (
        STUB,
        "def add_positions(",
        "def add_position(",
        r"positions\.py:1: has no function add_pos",
    ),
    "a stub that is no Python": (STUB, "", "\ndef more(\n", r"positions\.py:\d+: "),
    "a solution under another name": (
        "solutions/stage5/positions.py",
        "def add_positions(",
        "def add_position(",
        r"solutions.*:1: has no function",
    ),
    "an answer that shows nothing": (ANSWER, "# shows:", "# showed:", r"loops\.py:1: no line `# shows"),
    "an answer of an unknown exercise": (
        ANSWER,
        "add_positions right",
        "add_position right",
        r"loops\.py:1: .*no exercise",
    ),
    "an answer with an unknown mistake": (ANSWER, "add_positions right", "add_positions 5.1", r"loops\.py:1: .*'5\.1'"),
    "hints that are missing": (HINTS, '["5.6"]', '["5.7"]', r"hints\.toml:\d+: "),
    "hints of a mistake without a page": (
        HINTS,
        "",
        '\n["5.99"]\nsteps = ["a", "b", "c"]\n',
        r":\d+: there is no page for 5\.99",
    ),
    "hints that are too few": (
        HINTS,
        '["5.6"]\nsteps = [',
        '["5.6"]\nsteps = []\nmore = [',
        r"hints\.toml:\d+: 5\.6 needs 3 hints",
    ),
    "hints that are no TOML": (HINTS, "", "\n[5.\n", r"hints\.toml:\d+: "),
    "a stage without a suite": ("exercises/stage8/README.md", "", "# Stage 8\n", r"stage8:1: has no suite"),
}


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `misstep record` needs of the repository, to be spoilt."""
    home = tmp_path_factory.mktemp("kit") / "misstep"
    for name in ("grader", "exercises", "solutions"):
        shutil.copytree(ROOT / name, home / name, ignore=shutil.ignore_patterns(STALE))
    shutil.copy(ROOT / "pyproject.toml", home)
    return home


@pytest.fixture
def spoilt(kit: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Path, str]]:
    """The kit with one thing wrong, and what is said of it."""
    name, old, new, said = CASES[request.param]
    path = kit / name
    text = path.read_text(encoding="utf-8") if path.is_file() else None
    assert old in (text or "")
    path.parent.mkdir(exist_ok=True)
    path.write_text((text or "").replace(old, new, 1) if old else (text or "") + new, encoding="utf-8")
    yield kit, said
    if text is None:
        shutil.rmtree(path.parent)
    else:
        path.write_text(text, encoding="utf-8")


def misstep(kit: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return module(kit, "grader", *arguments)


def module(kit: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a module with the spoilt kit in place of ours, and leave no bytecode of what is spoilt only for a moment."""
    return run_module(*words, cwd=kit, environment={"PYTHONPATH": str(kit)}, flags=("-B",), modules=BARE)


@pytest.mark.parametrize("spoilt", CASES, indirect=True)
def test_what_cannot_be_used_is_refused_by_one_line(spoilt: tuple[Path, str]) -> None:
    kit, said = spoilt
    done = misstep(kit, "record")
    assert done.returncode == 2, done.stdout + done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert re.match(r"misstep: \S+?:\d+: ", done.stderr), done.stderr
    assert re.search(said, done.stderr), done.stderr


@pytest.mark.parametrize("spoilt", ["two pages of one number", "a test without a page"], indirect=True)
def test_explain_says_so_too(spoilt: tuple[Path, str]) -> None:
    kit, said = spoilt
    done = misstep(kit, "explain", "5.99")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr
    assert re.search(said, done.stderr), done.stderr


@pytest.mark.parametrize("spoilt", ["a test without a question"], indirect=True)
def test_pytest_says_so_too(spoilt: tuple[Path, str]) -> None:
    kit, said = spoilt
    done = module(kit, "pytest", "-p", "no:cacheprovider", "exercises/stage5")
    assert done.returncode == pytest.ExitCode.INTERRUPTED
    assert re.search(said, done.stdout + done.stderr), done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def test_a_record_is_written_only_where_it_has_changed(kit: Path) -> None:
    records = [path for name in ("*.npz", "*.json") for path in (kit / "grader/course/suites").glob(f"stage*/{name}")]
    first = misstep(kit, "record")
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in records}
    assert len(before) >= 6
    again = misstep(kit, "record")
    assert (first.returncode, again.returncode, again.stdout) == (0, 0, "all records are up to date\n")
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in records} == before


def test_a_stage_without_hints_is_refused(kit: Path) -> None:
    path = kit / HINTS
    text = path.read_text(encoding="utf-8")
    path.unlink()
    done = misstep(kit, "record")
    path.write_text(text, encoding="utf-8")
    assert done.returncode == 2
    assert done.stderr == f"misstep: {path}:1: is missing: every mistake needs 3 hints\n"


def test_a_record_that_is_lost_comes_back_byte_for_byte(kit: Path) -> None:
    assert misstep(kit, "record").returncode == 0
    path = kit / "grader/course/suites/stage5/expected.npz"
    path.unlink()
    done = misstep(kit, "record")
    assert done.stdout == f"wrote {path}\n"
    again = path.read_bytes()
    path.unlink()
    misstep(kit, "record")
    assert path.read_bytes() == again
    # Not to the byte what is in the repository: another machine's vector units round the last digit otherwise.
    with np.load(path) as here, np.load(ROOT / "grader/course/suites/stage5/expected.npz") as kept:
        assert here.files == kept.files
