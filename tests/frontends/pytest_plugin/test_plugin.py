"""`pytest exercises/stage5` as a student runs it: real pytest in a process of its own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run, answer_text, checks_of, copy_stage

UNSCALED = (
    "import numpy as np\ndef scaled_attention(q, k, v, mask=None):\n"
    "    scores = q @ np.swapaxes(k, -1, -2)\n    scores = scores if mask is None else scores + mask\n"
    "    weights = np.exp(scores - scores.max(-1, keepdims=True))\n"
    "    weights /= weights.sum(-1, keepdims=True)\n    return weights @ v, weights\n"
)


def test_untouched_stubs_are_to_do_and_never_green(run: Run) -> None:
    done = run("pytest", "exercises/stage5", "-p", "no:cacheprovider", fresh=True)
    assert done.returncode == 1
    assert "scaled_attention is not filled in yet" in done.stdout
    assert "0 of " in done.stdout
    assert "passed" not in done.stdout.splitlines()[-1]
    assert "skipped" not in done.stdout


def test_solutions_pass_everything(run: Run) -> None:
    done = run("pytest", "solutions/stage5", "-p", "no:cacheprovider", fresh=True)
    assert done.returncode == 0, done.stdout
    assert "failed" not in done.stdout


def test_a_mistake_is_named_with_evidence_question_and_link(run: Run, stage5: Path) -> None:
    (stage5 / "scaled_attention.py").write_text(UNSCALED)
    done = run("pytest", stage5, cwd=stage5)
    assert done.returncode == 1
    block = done.stdout.partition(" 5.2 ")[2].partition("\n\n")[0]
    assert "scaled_attention.py:2" in block
    assert "√d_k" in block
    assert "? " in block
    assert "→ exercises/stage5/MISTAKES.md#mistake-2" in block
    assert "misstep explain 5.2" in block


def test_pictures_are_drawn_where_they_are_asked_for(run: Run, stage5: Path) -> None:
    (stage5 / "scaled_attention.py").write_text(answer_text(5, "scaled_attention", "zeroed_after_softmax"))
    command = ("pytest", stage5 / "scaled_attention.py", "-p", "no:cacheprovider")
    plain = run(*command, cwd=stage5).stdout
    pictured = run(*command, "--misstep-pictures", cwd=stage5).stdout
    block = [line.strip() for line in pictured.partition(" 5.9 ")[2].partition("\n\n")[0].splitlines()]
    assert "Your attention weights for 5 tokens, a row per query, with a mask." in block
    yours, expected = (block[block.index(panel) + 2 :][:5] for panel in ("yours", "expected"))
    # The masked keys are hatched; the rows that lost their weight do not sum to 1.
    for rows in (yours, expected):
        assert [row.count("░░░░") for row in rows] == [4, 3, 2, 1, 0]
    assert [row.endswith("✗") for row in yours] == [True, True, True, True, False]
    assert all(row.endswith(" 1.00") for row in expected)
    assert max(map(len, block)) <= 80
    assert "░" not in plain.partition(" 5.9 ")[2].partition("\n\n")[0]


def test_no_line_is_wider_than_a_terminal_and_no_test_source_shows(run: Run, stage5: Path) -> None:
    (stage5 / "scaled_attention.py").write_text(UNSCALED)
    (stage5 / "heads.py").write_text("def split_heads(x, n_heads):\n    return x @ x\n")
    done = run("pytest", stage5, cwd=stage5)
    shown = done.stdout.partition(" stage 5 ")[2]
    assert max(map(len, shown.splitlines())) <= 80
    assert "Traceback" not in done.stdout
    assert "grader" not in shown
    assert "def test_" not in shown


def test_one_file_alone(run: Run, stage5: Path) -> None:
    done = run("pytest", stage5 / "heads.py", "--collect-only", "-q", cwd=stage5)
    names = [line for line in done.stdout.splitlines() if "::" in line]
    assert names
    assert all("heads.py::split_heads[" in name or "heads.py::merge_heads[" in name for name in names)


def test_a_mistake_is_chosen_by_keyword(run: Run, stage5: Path) -> None:
    done = run("pytest", stage5, "-k", "5.9", "-v", cwd=stage5)
    assert done.returncode == 0
    assert "scaled_attention[5.9] PASSED" in done.stdout
    assert "[5.2]" not in done.stdout


def test_a_check_is_chosen_by_node_id(run: Run, stage5: Path) -> None:
    done = run("pytest", f"{stage5}/heads.py::merge_heads[5.5]", "-v", cwd=stage5)
    assert "1 passed" in done.stdout


def test_the_first_failure_stops_a_run_and_the_last_failures_run_again(run: Run, stage5: Path) -> None:
    (stage5 / "scaled_attention.py").write_text(UNSCALED)
    first = run("pytest", stage5, "-x", cwd=stage5)
    assert "1 failed" in first.stdout
    again = run("pytest", stage5, "--lf", "-v", cwd=stage5)
    assert "scaled_attention[5.2] MISTAKE" in again.stdout
    assert "causal_mask[5.1]" not in again.stdout


def test_two_processes_say_what_one_says(run: Run, stage5: Path) -> None:
    (stage5 / "scaled_attention.py").write_text(UNSCALED)
    alone = run("pytest", stage5, cwd=stage5).stdout.partition(" stage 5 ")[2].rpartition("\n=")[0]
    both = run("pytest", stage5, "-n", "2", cwd=stage5).stdout.partition(" stage 5 ")[2].rpartition("\n=")[0]
    assert alone
    assert both == alone


def test_the_debugger_stops_where_the_student_raised(run: Run, stage5: Path) -> None:
    (stage5 / "heads.py").write_text("def split_heads(x, n_heads):\n    width = 7\n    return x @ x @ x\n")
    done = run("pytest", stage5, "--pdb", "-k", "split_heads and general", cwd=stage5, given="p width\nq\n")
    assert "heads.py(3)split_heads()" in done.stdout
    assert "(Pdb) 7" in done.stdout


def test_the_debugger_stops_where_a_wrong_result_was_returned(run: Run, stage5: Path) -> None:
    (stage5 / "scaled_attention.py").write_text(UNSCALED)
    done = run("pytest", stage5, "--pdb", "-k", "scaled_attention and 5.2", cwd=stage5, given="p scores.ndim > 1\nq\n")
    assert "scaled_attention.py(7)scaled_attention()" in done.stdout
    assert "(Pdb) True" in done.stdout


def test_two_stages_with_files_of_one_name_do_not_collide(run: Run, tmp_path: Path) -> None:
    homes = [copy_stage(5, tmp_path), copy_stage(6, tmp_path)]
    assert all((home / "positions.py").is_file() for home in homes)
    done = run("pytest", *homes, cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    assert "Stage 5" in done.stdout
    assert "Stage 6" in done.stdout
    assert "Total" in done.stdout


def test_a_folder_of_another_name_is_known_by_its_files(run: Run, stage5: Path) -> None:
    home = stage5.rename(stage5.parent / "my attention")
    assert "Stage 5" in run("pytest", home, cwd=ROOT.parent).stdout


def test_a_package_is_a_stage_by_its_name_only(run: Run, stage5: Path) -> None:
    (stage5 / "__init__.py").touch()
    assert run("pytest", stage5, cwd=stage5.parent).returncode == 0
    home = stage5.rename(stage5.parent / "attention")
    assert "no tests ran" in run("pytest", home, cwd=ROOT.parent).stdout


def test_files_import_each_other_by_plain_name(run: Run, stage5: Path) -> None:
    text = (stage5 / "causal_mask.py").read_text().replace("def causal_mask", "def helper")
    (stage5 / "helper_of_mine.py").write_text(text)
    (stage5 / "causal_mask.py").write_text(
        "def causal_mask(seq_len):\n    from helper_of_mine import helper\n    return helper(seq_len)\n"
    )
    assert run("pytest", stage5, cwd=stage5).returncode == 0


def test_the_report_carries_every_check(run: Run, stage5: Path) -> None:
    (stage5 / "scaled_attention.py").write_text(UNSCALED)
    run("pytest", stage5, "--json-report", cwd=stage5)
    tests = json.loads((stage5 / ".report.json").read_text())["tests"]
    found = {(t["metadata"]["exercise"], t["metadata"]["id"]): t["metadata"] for t in tests}
    unscaled = found["scaled_attention", "5.2"]
    assert unscaled["status"] == "mistake"
    assert unscaled["points"] == 0
    assert unscaled["max_points"] == 1
    assert unscaled["message"]
    assert unscaled["link"] == "exercises/stage5/MISTAKES.md#mistake-2"
    assert found["causal_mask", "5.1"]["status"] == "passed"
    assert found["causal_mask", "5.1"]["points"] == 1


def test_without_the_kit_pytest_says_what_to_install(run: Run) -> None:
    done = run("pytest", "-p", "no:misstep", "exercises/stage5")
    assert done.returncode == 4
    assert "pip install" in done.stderr + done.stdout


def test_another_seed_gives_the_same_verdicts(run: Run) -> None:
    assert run("pytest", "solutions/stage5", "--misstep-seed", "77", "-q").returncode == 0


def test_points_come_from_the_course(run: Run, stage5: Path) -> None:
    (stage5.parent / "misstep.toml").write_text('[points]\noff = ["5.7"]\n[points.exercise]\ncausal_mask = 5\n')
    done = run("pytest", stage5 / "causal_mask.py", cwd=stage5)
    points = 5 * (len(checks_of(5, "causal_mask")) - 1)
    assert f"{points} of {points} points" in done.stdout
    assert "5.7" not in done.stdout


@pytest.mark.parametrize(
    ("table", "complaint"),
    [
        ("[points", "misstep.toml"),
        ("[points.mistake]\n5.9 = 2\n", "in quotes"),
        ('[points.mistake]\n"9.9" = 2\n', "'9.9'"),
        ("[points.exercise]\nattention = 2\n", "'attention'"),
        ("[points.stage]\n5 = -1\n", "-1"),
        ("[grades]\na = 1\n", "[grades]"),
    ],
)
def test_a_bad_points_table_is_named(run: Run, stage5: Path, table: str, complaint: str) -> None:
    (stage5.parent / "misstep.toml").write_text(table)
    done = run("pytest", stage5 / "causal_mask.py", cwd=stage5)
    assert done.returncode != 0
    assert "misstep.toml" in done.stdout + done.stderr
    assert complaint in done.stdout + done.stderr
    assert (done.stdout + done.stderr).count("misstep.toml:") == 1
    assert "grader" not in done.stdout


def test_other_tests_beside_the_exercises_are_left_alone(run: Run, stage5: Path) -> None:
    own = stage5.parent / "own"
    own.mkdir()
    (own / "test_mine.py").write_text("def test_mine():\n    assert [1, 2] == [1, 3]\n")
    shutil.copy(stage5 / "heads.py", own)
    done = run("pytest", own, stage5, cwd=stage5)
    assert "assert [1, 2] == [1, 3]" in done.stdout
    assert "Stage 5" in done.stdout
