"""The class's table puts the worst first, tells errors apart, and is plain where there is no terminal."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from grader.course.catalogue import stage
from grader.frontends.cli import main
from grader.results.feedback import Line
from grader.results.overview import MAX_ROWS, Overview, error_kind
from grader.results.records import SubmissionResult
from grader.results.told import write_lines
from tests.conftest import Run, copy_stage
from tests.results.sample_class import make_out, verdicts

MASK = {"status": "mistake", "message": "It sums to 0.4."}
TWO = {"scaled_attention_5.9": MASK, "causal_self_attention_5.1": MASK}


def lines(people: dict[str, list], **options: object) -> list[str]:
    overview = Overview()
    for name, checks in people.items():
        overview.add(SubmissionResult.of(name, checks, {}))
    return [line.text for line in overview.lines(**options)]  # type: ignore[arg-type]


def test_the_worst_comes_first_and_names_are_in_order_where_asked() -> None:
    people = {"ada": verdicts(), "bo": verdicts(**TWO), "cy": verdicts(**{"scaled_attention_5.9": MASK})}
    assert [text.split()[0] for text in lines(people)[:3]] == ["bo", "cy", "ada"]
    assert [text.split()[0] for text in lines(people, order="name")[:3]] == ["ada", "bo", "cy"]


def test_means_exercises_and_mistakes_have_a_line_each() -> None:
    most = len(verdicts())
    people = {"ada": verdicts(), "bo": verdicts(**TWO), "cy": verdicts(**{"scaled_attention_5.9": MASK})}
    shown = lines(people)
    mean = (1 + (most - 2) / most + (most - 1) / most) / 3
    assert f"Mean {mean:.0%}, median {(most - 1) / most:.0%} of the points" in shown
    assert next(text for text in shown if " scaled_attention " in text).endswith("1 of 3")
    assert next(text for text in shown if " split_heads " in text).endswith("3 of 3")
    mask = next(text for text in shown if text.startswith("5.9 "))
    assert mask.split()[-5:] == ["2", *["Mask", "applied", "after", "softmax"]]


def test_a_large_class_is_cut_unless_all_are_asked_for() -> None:
    people = {f"s{number:03}": verdicts() for number in range(MAX_ROWS + 5)}
    assert "… and 5 more (--all shows them)" in lines(people)
    everything = lines(people, everything=True)
    assert sum(text.startswith("s0") for text in everything) == MAX_ROWS + 5
    assert not any("--all" in text for text in everything)


def test_kinds_of_errors_are_told_apart(run: Run, tmp_path: Path) -> None:
    home = copy_stage(5, tmp_path / "class" / "ada")
    (home / "heads.py").write_text("def split_heads(x, n_heads)\n    return x\n")
    (home / "positions.py").write_text(
        "import scipy\ndef add_positions(embeddings, positions):\n    return scipy.add(1)\n"
    )
    (home / "kv_cache.py").unlink()
    (home / "causal_mask.py").write_text("def causal_mask(seq_len):\n    raise RuntimeError('stage5/ is missing')\n")
    done = run("grader", "grade", tmp_path / "class", "--out", tmp_path / "out", "--timeout", "60")
    row = next(line for line in done.stdout.splitlines() if line.startswith("ada"))
    found = {exercise.stem: 0 for exercise in stage(5).exercises}
    for exercise in stage(5).exercises:
        found[exercise.stem] += len(exercise.checks)
    layout, syntax, imported = (found[stem] for stem in ("kv_cache", "heads", "positions"))
    assert f"{layout} layout, {syntax} syntax, {imported} import, {found['causal_mask']} exception" in row


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("stage5/ is missing: there is no such folder of files", "layout"),
        ("heads.py defines no function `split_heads`", "layout"),
        ("`split_heads` in heads.py is not a function; its type is int", "layout"),
        ("IndentationError: unexpected indent (line 3)", "syntax"),
        ("ModuleNotFoundError: No module named 'x' — when loaded", "import"),
        ("KeyError: 'heads.py is missing' — called with x", "exception"),
        ("", "exception"),
    ],
)
def test_a_message_tells_the_kind_of_error(message: str, kind: str) -> None:
    assert error_kind(message) == kind


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_colour_is_for_terminals_and_never_for_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    def written(stream: io.StringIO) -> str:
        monkeypatch.setattr(sys, "stdout", stream)
        write_lines([Line("done", "all right")])
        return stream.getvalue()

    for name in ("CI", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert written(Terminal()) == "\x1b[32mall right\x1b[0m\n"
    assert written(io.StringIO()) == "all right\n"
    monkeypatch.setenv("CI", "true")
    assert written(Terminal()) == "all right\n"


def test_who_made_a_mistake_is_listed_with_the_exercises(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    both = {"scaled_attention_5.1": MASK, "causal_self_attention_5.1": MASK}
    people = {"ada": verdicts(), "bo\n": verdicts(**both), "cy": verdicts(**TWO)}
    out = make_out(tmp_path / "out", people)
    assert main(["show", str(out), "--mistake", "5.1", "--sort", "name"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told == [
        "5.1 Causal mask forgotten: 2 of 3 (67%)",
        "  bo\\n: scaled_attention, causal_self_attention",
        "  cy: causal_self_attention",
    ]
    assert main(["show", str(out), "--mistake", "5.99"]) == 2
    assert main(["show", str(tmp_path / "none")]) == 2
    assert "`misstep grade BATCH" in capsys.readouterr().err
