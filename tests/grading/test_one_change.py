"""The line of a slip that nobody documented is named where one change in it was seen to make every check pass."""

from __future__ import annotations

import ast
import contextlib
import json
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from grader.course.catalogue import Exercise, stage
from grader.course.points import Points, PointsError, read_points
from grader.grading.examine import Settings, examine
from grader.grading.grade import grade
from grader.grading.intake import Submission, read_folder
from grader.grading.one_change.candidates import candidates
from grader.grading.one_change.harmless import is_harmless
from grader.grading.one_change.line import with_lines_apart
from grader.grading.reference import find_reference
from grader.isolation.sandbox import Sandbox, open_sandbox
from grader.results.verdict import Verdict
from grader.student.loader import Source
from tests.conftest import ROOT, Run, copy_stage

# A loaded machine may take its time: what is tested is what is said.
SETTINGS = Settings(2026, Points(), find_reference(), line_seconds=60.0)
SLIPS = {
    "wrong_axis_order": (
        5,
        "kv_cache",
        """import numpy as np

def update_kv_cache(k_cache, v_cache, k_new, v_new):
    if k_cache is None:
        return k_new, v_new
    keys = np.concatenate([k_cache, k_new], axis=1)
    return keys, np.concatenate([v_new, v_cache], axis=1)
""",
        7,
    ),
    "another_array": (
        5,
        "causal_attention",
        """import numpy as np

def causal_self_attention(x, w_q, w_k, w_v):
    q = x @ w_q
    k = x @ w_q
    v = x @ w_v
    scores = q @ k.transpose(0, 2, 1) / np.sqrt(q.shape[-1])
    scores = np.where(np.tri(x.shape[1], dtype=bool), scores, -np.inf)
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return exps / exps.sum(axis=-1, keepdims=True) @ v
""",
        5,
    ),
    "return_in_its_loop": (
        6,
        "vocabulary",
        """def choose_vocab_size(counts, candidates, max_unk_rate):
    ranked = sorted(map(int, counts), reverse=False)
    total = sum(ranked)
    for size in sorted(candidates):
        if sum(ranked[size:]) <= max_unk_rate * total:
            return size
    raise ValueError("none is large enough")
""",
        2,
    ),
}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with open_sandbox("auto") as opened:
        yield opened


def files_of(number: int, stem: str, text: str) -> dict[str, Source]:
    solved = read_folder(ROOT / "solutions" / f"stage{number}", stage(number))
    return {**solved, stem: Source(f"stage{number}/{stem}.py", (text.encode(),))}


def general(verdicts: tuple[Verdict, ...], stem: str) -> Verdict:
    names = {exercise.name for number in (3, 5, 6) for exercise in stage(number).exercises if exercise.stem == stem}
    (found,) = [v for v in verdicts if v.id is None and v.exercise in names and not v.passed]
    return found


@pytest.mark.parametrize("name", SLIPS)
def test_the_line_of_a_slip_is_named_and_its_change_kept_for_the_instructor(name: str, sandbox: Sandbox) -> None:
    number, stem, text, line = SLIPS[name]
    submission = Submission("ada", Path("ada"), {number: files_of(number, stem, text)})
    verdict = general(grade(submission, sandbox, SETTINGS, time_limit=120).result.checks, stem)
    assert (verdict.status, verdict.line) == ("wrong", line)
    assert f"One change in line {line} makes every check pass." in verdict.message
    assert verdict.where is not None
    assert verdict.where.line == line
    before, _ = verdict.fix.split(" → ")
    assert before in text
    assert verdict.fix not in verdict.message


def test_in_a_notebook_the_line_is_counted_in_its_cell(sandbox: Sandbox) -> None:
    number, stem, text, line = SLIPS["wrong_axis_order"]
    solved = read_folder(ROOT / "solutions/stage5", stage(5))
    cells = [source.chunks[0] for name, source in solved.items() if name != stem]
    notebook = Source("stage5.ipynb", (*cells, text.encode()), forgiving=True)
    submission = Submission("ada", Path("ada"), {number: dict.fromkeys(stage(5).stems, notebook)})
    verdict = general(grade(submission, sandbox, SETTINGS, time_limit=120).result.checks, stem)
    assert verdict.line == line
    assert f"line {line} of cell {len(cells) + 1} makes" in verdict.message


def test_a_documented_mistake_is_not_searched_for_a_line(sandbox: Sandbox) -> None:
    text = "import numpy as np\n\ndef causal_mask(seq_len):\n    return np.zeros((seq_len, seq_len))\n"
    submission = Submission("ada", Path("ada"), {5: files_of(5, "causal_mask", text)})
    checks = grade(submission, sandbox, SETTINGS, time_limit=120).result.checks
    assert any(check.status == "mistake" for check in checks)
    assert all(check.line is None for check in checks)


def test_nothing_is_claimed_where_no_change_was_seen_to_help(sandbox: Sandbox) -> None:
    text = "def update_kv_cache(k_cache, v_cache, k_new, v_new):\n    return 3 * k_new + v_new, k_new - 7 * v_new\n"
    submission = Submission("ada", Path("ada"), {5: files_of(5, "kv_cache", text)})
    checks = grade(submission, sandbox, SETTINGS, time_limit=120).result.checks
    assert all(check.line is None and not check.fix for check in checks)


@pytest.mark.parametrize("settings", [replace(SETTINGS, line_seconds=0), replace(SETTINGS, points=Points(lines=False))])
def test_the_search_can_be_turned_off(settings: Settings, sandbox: Sandbox) -> None:
    number, stem, text, _ = SLIPS["wrong_axis_order"]
    submission = Submission("ada", Path("ada"), {number: files_of(number, stem, text)})
    assert general(grade(submission, sandbox, settings, time_limit=60).result.checks, stem).line is None


def test_misstep_toml_turns_it_off(tmp_path: Path) -> None:
    path = tmp_path / "misstep.toml"
    path.write_text("[hints]\nline = false\n")
    assert not read_points(path).lines
    path.write_text("[hints]\nline = 3\n")
    with pytest.raises(PointsError, match=r"hints\.line is 3"):
        read_points(path)


def exercise_named(name: str) -> Exercise:
    return next(e for number in (3, 5, 6) for e in stage(number).exercises if e.name == name)


@pytest.mark.parametrize("name", [exercise.name for number in (3, 5, 6) for exercise in stage(number).exercises])
def test_every_candidate_is_python_and_differs(name: str) -> None:
    exercise = exercise_named(name)
    text = (ROOT / f"solutions/stage{exercise.stage}/{exercise.stem}.py").read_bytes()
    found = candidates(text, name, 400)
    assert len(found) >= 20
    changed = [change.apply(text) for change in found]
    assert text not in changed
    for one in changed:
        ast.parse(one)
    assert all(1 <= change.line <= text.count(b"\n") for change in found)


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("return np.where(x > 0, x, 0.01 * x)", "return np.where(x > 0, x, s * x)"),
        ("return np.tanh(x @ s) + x", "return np.tanh(((x @ s) + x)) "),
        ("return np.maximum(0, x @ s)", "return (x @ s)"),
        ("return x @ s", "return (np.tanh(x @ s))"),
        ("return x.reshape(2, 3, 4) + s", "return np.swapaxes(x, -1, -2) + s"),
        ("return x.transpose(0, 3, 2, 1) + s", "return x.transpose(0, 2, 1, 3) + s"),
        ("return x[:, s]", "return x[np.arange(len(s)), s]"),
        ("return s * -np.inf + x", "return s * -1e9 + x"),
        ("return np.exp(np.clip(x, -9, 9)) + s", "return np.exp((x) - (x).max(axis=-1, keepdims=True)) + s"),
        ("return np.log(x) + s", "return np.log((x) + 1e-12) + s"),
        ("return s, x, s @ x", "return s @ x, s, x"),
        ("return x / 2, s / 2", "return (x), (s)"),
        ("return np.exp(-(x - s.min()))", "return np.exp((x - s.max()))"),
        ("return np.random.randn(3, 2) * x", "return s.standard_normal((3, 2,)) * x"),
        ("return x.mean()", "return ((x.mean()) + s)"),
        ("return (x == 0) | (x == s)", "return (x >= 0) | (x == s)"),
        ("return x / 32 + s", "return x / len(s) + s"),
    ],
)
def test_a_slip_of_this_kind_is_mended_by_a_candidate(wrong: str, right: str) -> None:
    head = "import numpy as np\n\ndef f(x, s=0.01):\n    "
    text = (head + wrong + "\n").encode()
    made = {change.apply(text).decode() for change in candidates(text, "f", 1500)}
    assert f"{head}{right}\n" in made


def test_two_arguments_in_the_wrong_order_are_exchanged() -> None:
    text = b"def f(x, grad, slope=0.01):\n    return grad * x\n"
    made = {change.apply(text) for change in candidates(text, "f", 1500)}
    assert b"def f(grad, x, slope=0.01):\n    return grad * x\n" in made


@pytest.mark.parametrize(
    "text",
    [b"x = " + b"(" * 500 + b")" * 500, b"x = 1\n" * 20_000, b"def f(:\n", b"\xff\xfe\x00", b"x = " + b"-" * 9_999],
)
def test_text_that_should_not_be_parsed_is_refused_or_has_no_candidates(text: bytes) -> None:
    with contextlib.suppress(ValueError):
        assert candidates(text, "f", 100) == []


HARMFUL = [
    "import os\ndef f(x): return x",
    "import subprocess as numpy\ndef f(x): return x",
    "def f(x): return open('notes.txt').read()",
    "def f(x): return eval('x')",
    "def f(x): return x.__class__",
    "import numpy as np\ndef f(x):\n    np.save('x', x)\n    return x",
    "from numpy import save\ndef f(x): return save('x', x)",
    "def f(x): return getattr(x, 'to' + 'file')('x')",
    "def f(x):\n    import shutil\n    return x",
]


@pytest.mark.parametrize("text", HARMFUL)
def test_code_that_does_more_than_compute_is_not_changed_on_a_students_machine(text: str) -> None:
    assert not is_harmless({"heads": Source("heads.py", (text.encode(),))})


def test_a_file_that_python_cannot_read_does_no_harm() -> None:
    broken = Source("heads.py", (b"import os\ndef f(x:\n    os.remove(x)\n",))
    computes = Source("positions.py", (b"def g(x):\n    return x\n",))
    assert is_harmless({"heads": broken, "positions": computes})


def test_solutions_do_nothing_but_compute() -> None:
    for number in (3, 5, 6):
        assert is_harmless(read_folder(ROOT / f"solutions/stage{number}", stage(number)))


def test_a_students_own_machine_never_holds_the_change(tmp_path: Path) -> None:
    number, stem, text, line = SLIPS["wrong_axis_order"]
    files = files_of(number, stem, text)
    with open_sandbox("none") as processes, processes.open_session({number: files}) as session:
        exercise = exercise_named("update_kv_cache")
        found = examine(exercise, session.functions(number), SETTINGS, time.monotonic() + 60)
    (named,) = [v for v in with_lines_apart([v for v, _ in found], {number: files}, SETTINGS, 60.0) if v.id is None]
    assert named.line == line
    assert named.fix == ""


def test_pytest_names_the_line_and_shows_it_in_the_head(tmp_path: Path, run: Run) -> None:
    number, stem, text, line = SLIPS["wrong_axis_order"]
    home = copy_stage(number, tmp_path)
    (home / f"{stem}.py").write_text(text)
    done = run("pytest", home, "-k", "update_kv_cache", "--misstep-line-seconds", "60")
    assert f"{stem}.py:{line}" in done.stdout
    assert "makes every check pass" in " ".join(done.stdout.split())
    assert "[k_cache, k_new], axis=1), np" not in done.stdout


def test_a_batch_writes_the_line(tmp_path: Path, run: Run) -> None:
    number, stem, text, line = SLIPS["wrong_axis_order"]
    (copy_stage(number, tmp_path / "class" / "ada") / f"{stem}.py").write_text(text)
    done = run(
        "grader", "grade", tmp_path / "class", "--out", tmp_path / "out", "--line-seconds", "60", "--timeout", "60"
    )
    assert done.returncode == 0, done.stderr
    (result,) = map(json.loads, (tmp_path / "out/results.jsonl").read_text().splitlines())
    assert [check["line"] for check in result["checks"] if check["line"]] == [line]
