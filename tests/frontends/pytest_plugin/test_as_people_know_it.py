"""Options, plugins and terminals that students bring: counts stay true, and what waits stays behind its cause."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from grader.course.catalogue import stage
from tests.conftest import ROOT, Run, answer_text

POINTS = "14 of 21 points"
SUMMARY = "7 failed, 14 passed"
# The course's own mistakes of stage 5 are 5.1 to 5.10; what was added to them has later numbers.
OWN = 10


@pytest.fixture
def stage5(stage5: Path) -> Path:
    """Stage 5, solved, with the course's own 21 checks alone: a mistake that is added changes no count here."""
    added = [mistake for mistake in stage(5).pages if int(mistake.partition(".")[2]) > OWN]
    (stage5.parent / "misstep.toml").write_text(f"[points]\noff = {added}\n")
    return stage5


@pytest.fixture
def mixed(stage5: Path) -> Path:
    """Three mistakes; 5.1 of the mask waits for 5.7, which stands behind it."""
    for stem, name in (
        ("causal_mask", "one_column"),
        ("scaled_attention", "not_scaled"),
        ("kv_cache", "keys_not_kept"),
    ):
        (stage5 / f"{stem}.py").write_text(answer_text(5, stem, name))
    return stage5


def order(output: str) -> list[str]:
    """The checks in the order in which `-v` lists them, each with its outcome."""
    return [line.partition("::")[2].partition("  ")[0].strip() for line in output.splitlines() if ".py::" in line]


def test_a_waiting_check_runs_after_what_it_waits_for(run: Run, mixed: Path) -> None:
    found = order(run("pytest", mixed / "causal_mask.py", "-v", cwd=mixed).stdout)
    assert found == ["causal_mask[5.7] MISTAKE", "causal_mask[5.1] BLOCKED", "causal_mask[general] BLOCKED"]


def test_so_it_does_in_any_order_that_a_plugin_chooses(run: Run, mixed: Path) -> None:
    (mixed / "conftest.py").write_text("def pytest_collection_modifyitems(items):\n    items.reverse()\n")
    done = run("pytest", mixed, "-v", cwd=mixed)
    found = order(done.stdout)
    assert found.index("causal_mask[5.7] MISTAKE") < found.index("causal_mask[general] BLOCKED")
    assert len(set(found)) == 21
    assert POINTS in done.stdout


@pytest.mark.parametrize("option", ["-x", "--sw", "--maxfail=1"])
def test_the_first_failure_is_a_mistake_and_not_what_waits_for_it(run: Run, mixed: Path, option: str) -> None:
    assert order(run("pytest", mixed, "-v", option, cwd=mixed).stdout) == ["causal_mask[5.7] MISTAKE"]


@pytest.mark.long
def test_what_only_waits_counts_as_no_failure_of_its_own(run: Run, mixed: Path) -> None:
    found = order(run("pytest", mixed, "-v", "--maxfail=2", cwd=mixed).stdout)
    assert found[-1] == "scaled_attention[5.2] MISTAKE"


def test_stepwise_leaves_out_nothing_that_waited(run: Run, mixed: Path) -> None:
    run("pytest", mixed, "--sw", cwd=mixed)
    (mixed / "causal_mask.py").write_text((ROOT / "solutions/stage5/causal_mask.py").read_text())
    found = order(run("pytest", mixed, "-v", "--sw", cwd=mixed).stdout)
    assert sorted(found[:3]) == [f"causal_mask[{label}] PASSED" for label in ("5.1", "5.7", "general")]


def test_the_debugger_passes_over_what_waits(run: Run, mixed: Path) -> None:
    done = run("pytest", mixed / "causal_mask.py", "--pdb", cwd=mixed, given="c\nq\n")
    assert done.stdout.count("entering PDB") == 1
    assert "cannot be judged" not in done.stdout.partition(" stage 5 ")[0]


def test_no_waiting_check_is_headed_by_the_title_of_a_mistake(run: Run, mixed: Path) -> None:
    run("pytest", mixed / "causal_mask.py", "--junitxml", mixed / "junit.xml", cwd=mixed)
    suite = ET.parse(mixed / "junit.xml").getroot()[0]
    messages = {case.get("name"): case.find("failure").get("message") for case in suite.iter("testcase")}  # type: ignore[union-attr]
    assert "Wrong mask shape" in messages["causal_mask[5.7]"]
    assert "5.1 cannot be judged yet" in messages["causal_mask[5.1]"]
    assert "Causal mask forgotten" not in messages["causal_mask[5.1]"]


@pytest.mark.parametrize(
    "options",
    [
        *("-n 2", "--reruns 2", "--import-mode=importlib"),
        *(
            pytest.param(o, marks=pytest.mark.long)
            for o in ("-n 2 --dist worksteal", "--timeout 50", "--instafail", "-s")
        ),
    ],
)
def test_points_and_counts_are_the_same_under_any_plugin(run: Run, mixed: Path, options: str) -> None:
    done = run("pytest", mixed, *options.split(), cwd=mixed)
    assert POINTS in done.stdout
    assert SUMMARY in done.stdout


@pytest.mark.long
def test_the_optimising_interpreter_says_the_same(run: Run, mixed: Path) -> None:
    usual = run("pytest", mixed, cwd=mixed).stdout.partition(" stage 5 ")[2].partition("\n=")[0]
    found = run("pytest", mixed, cwd=mixed, flags=("-OO",)).stdout.partition(" stage 5 ")[2].partition("\n=")[0]
    assert "? " in usual
    assert found == usual


@pytest.mark.long
def test_two_processes_stop_at_a_mistake_too(run: Run, mixed: Path) -> None:
    found = order(run("pytest", mixed / "causal_mask.py", "-n", "2", "-x", "-v", cwd=mixed).stdout)
    assert not [line for line in found if "BLOCKED" in line]


def test_an_ignored_file_is_left_out(run: Run, mixed: Path) -> None:
    done = run("pytest", mixed, "--ignore", mixed / "heads.py", "--ignore-glob=kv_*", cwd=mixed)
    assert "heads" not in done.stdout
    assert "10 of 15 points" in done.stdout


def test_the_limit_of_pytest_timeout_ends_the_students_code_and_not_the_run(run: Run, stage5: Path) -> None:
    (stage5 / "heads.py").write_text("def split_heads(x, n_heads):\n    while True:\n        pass\n")
    done = run("pytest", stage5 / "heads.py", "--timeout", "2", cwd=stage5)
    assert "did not answer in time" in done.stdout
    assert "0 of 5 points" in done.stdout or "0 of 4 points" in done.stdout
    assert "Timeout" not in done.stdout + done.stderr


@pytest.mark.long
def test_the_limit_of_pytest_timeout_still_holds_for_the_students_own_tests(run: Run, stage5: Path) -> None:
    slow = "import time\ndef test_slow():\n    time.sleep(30)\n"
    (stage5 / "test_slow.py").write_text(slow)
    done = run("pytest", stage5, "--timeout", "2", cwd=stage5)
    assert "Timeout (>2.0s)" in done.stdout
    assert "21 of 21 points" in done.stdout


def test_own_tests_beside_the_stubs_run_as_in_any_pytest(run: Run, stage5: Path) -> None:
    (stage5 / "test_mine.py").write_text(
        "import pytest\nfrom heads import split_heads\n"
        "@pytest.mark.parametrize('n', [1, 2])\ndef test_mine(n):\n    assert [1, n] == [1, 1]\n"
    )
    done = run("pytest", stage5, cwd=stage5)
    assert "assert [1, 2] == [1, 1]" in done.stdout
    assert "test_mine.py::test_mine[2]" in done.stdout
    assert "21 of 21 points" in done.stdout
    assert "1 failed, 22 passed" in done.stdout
    assert (
        "22 passed"
        in run("pytest", stage5, "--deselect", "stage5/test_mine.py::test_mine[2]", cwd=stage5.parent).stdout
    )


def test_a_copy_of_the_stage_inside_it_is_no_second_submission(run: Run, stage5: Path) -> None:
    backup = stage5 / "old"
    backup.mkdir()
    for path in stage5.glob("*.py"):
        (backup / path.name).write_text("")
    assert "21 passed" in run("pytest", stage5, cwd=stage5).stdout


def test_what_was_printed_stands_with_the_check_that_failed(run: Run, mixed: Path) -> None:
    text = (mixed / "scaled_attention.py").read_text()
    (mixed / "scaled_attention.py").write_text(text + "\nprint('hello from me')\n")
    shown = run("pytest", mixed / "scaled_attention.py", cwd=mixed).stdout
    assert shown.count("hello from me") == 1
    assert "scaled_attention printed:" in shown


@pytest.mark.parametrize(
    "encoding", ["ascii", *(pytest.param(name, marks=pytest.mark.long) for name in ("cp1252", "gbk"))]
)
def test_any_encoding_of_the_terminal_is_readable(run: Run, mixed: Path, encoding: str) -> None:
    for arguments in (
        ("pytest", mixed),
        ("pytest", mixed, "--instafail"),
        ("grader", "explain", "5.9"),
        ("grader", "explain"),
    ):
        done = run(*arguments, cwd=mixed, environment={"PYTHONIOENCODING": encoding}, encoding=encoding)
        assert "Traceback" not in done.stderr + done.stdout
        assert "UnicodeEncodeError" not in done.stderr + done.stdout
        assert "\\u" not in done.stdout
        assert "after" in done.stdout.lower()


@pytest.mark.parametrize("value", ["-1", "0", "nan", "inf", "soon"])
def test_a_time_limit_that_is_none_is_refused_in_one_line(run: Run, stage5: Path, value: str) -> None:
    done = run("pytest", stage5, f"--misstep-timeout={value}", cwd=stage5)
    assert done.returncode == 4
    assert "--misstep-timeout" in done.stderr
