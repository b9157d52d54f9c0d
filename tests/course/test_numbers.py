"""Numbers in sentences: as many digits as it takes, and numbers that differ look different."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from grader.course import checks
from grader.course.numbers import apart, as_data, count, filled, shown, times
from grader.results.verdict import Verdict, from_property, to_property
from tests.conftest import ROOT

SUITES = sorted((ROOT / "grader" / "course").rglob("*.py"))


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1.0, "1"),
        (0.99999999, "1"),
        (0.9996, "0.9996"),
        (1.0004, "1.0004"),
        (-0.0, "0"),
        (-0.0004, "-0.0004"),
        (127.4, "127.4"),
        (1234.567, "1234.6"),
        (9992.0, "9992"),
        (12345.678, "12,345.7"),
        (20_000, "20,000"),
        (1e-5, "1e-5"),
        (3.2e10, "3.2e10"),
        (np.float32(0.1), "0.1"),
        (float("nan"), "nan"),
        (-np.inf, "-inf"),
        ((20_000, 4), "[20000, 4]"),
        (np.array([0.5, 1e-17, -0.0]), "[0.5, 0, 0]"),
        (np.array([[1.5, 2.0], [3.0, 4.0]]), "[[1.5, 2], [3, 4]]"),
        (None, "None"),
        (True, "True"),
        ([np.int64(3), 1], "[3, 1]"),
    ],
)
def test_a_number_has_as_many_digits_as_it_takes(value: Any, said: str) -> None:
    assert shown(value) == said


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("off", [2e-5, 1e-4, 1e-3, 0.02])
def test_numbers_that_differ_are_printed_so(seed: int, off: float) -> None:
    for value in np.random.default_rng(seed).normal(size=200) * 10.0 ** (seed - 2):
        one, other = apart(value, value * (1 + off))
        assert one != other
        got, want = apart(np.array([value, 1.0]), np.array([value * (1 + off), 1.0]))
        assert got != want


def test_rounding_is_no_difference() -> None:
    assert apart(1 / 3, 1 / 3 + 1e-9) == ("0.333", "0.333")


@pytest.mark.parametrize("value", np.random.default_rng(0).normal(size=50) * np.repeat([1e-3, 1, 30, 2e3, 1e6], 10))
def test_a_shown_number_is_close_to_the_true_one_and_whole_only_if_it_is(value: float) -> None:
    read = float(shown(value).replace(",", ""))
    assert read == pytest.approx(value, rel=6e-3)
    assert read != round(read) or abs(value - round(value)) <= 1e-5 * abs(value)


@pytest.mark.parametrize(
    ("factor", "said"),
    [
        (2.0, "2 times"),
        (0.353553, "0.354 times"),
        (1.02e6, "1,020,000 times"),
        (1e-7, "0.0000001 times"),
        (0.998, "0.998 times"),
        (1e12, "1,000,000,000,000 times"),
        (float("inf"), "infinitely many times"),
    ],
)
def test_a_factor_has_no_exponent(factor: float, said: str) -> None:
    assert times(factor) == said


def test_things_are_counted_in_singular_and_plural() -> None:
    assert [count(n, "token") for n in (0, 1, 2)] == ["0 tokens", "1 token", "2 tokens"]
    assert count(2, "index", "indices") == "2 indices"


def test_a_sentence_is_filled_with_its_numbers_and_no_other_brace_is_touched() -> None:
    text = "Row {row} holds {n:token} and {k:index|indices}, {f:times} {other}: KeyError: '{x}' {} {{row}}"
    numbers = {"row": 3, "n": 1, "k": 2, "f": 0.5}
    said = "Row 3 holds 1 token and 2 indices, 0.5 times {other}: KeyError: '{x}' {} {3}"
    assert filled(text, numbers) == said


def test_what_a_number_says_is_not_filled_again() -> None:
    assert filled("{text} {n}", {"text": "{n} {text}", "n": 1}) == "{n} {text} 1"


@pytest.mark.parametrize(
    ("finish", "status"), [(checks.mistake, "mistake"), (checks.wrong, "wrong"), (checks.blocked, "blocked")]
)
def test_numbers_travel_beside_the_sentence(finish: Any, status: str) -> None:
    with pytest.raises(checks.Finding, match=r"^row 2 sums to 0\.9996, not 1$") as seen:
        finish("row {row} sums to {total}, not {whole}", row=np.int64(2), total=np.float64(0.9996), whole=1.0)
    assert seen.value.status == status
    assert seen.value.numbers == {"row": 2, "total": 0.9996, "whole": 1.0}


def test_a_sentence_without_numbers_is_taken_as_it_is() -> None:
    with pytest.raises(checks.Finding) as seen:
        checks.mistake("KeyError: '{x}' and {}")
    assert str(seen.value) == "KeyError: '{x}' and {}"
    assert seen.value.numbers == {}


def test_numbers_are_kept_as_json() -> None:
    values = {"a": np.array([1.5, np.inf]), "b": np.zeros((9, 9)), "c": (1, None), "d": np.nan, "e": {"f": object}}
    kept = as_data(values)
    assert json.loads(json.dumps(kept, allow_nan=False)) == kept
    assert kept["a"] == [1.5, "inf"]
    assert kept["b"] == {"shape": [9, 9]}


def test_the_numbers_survive_the_store_and_stay_out_of_the_results_file() -> None:
    verdict = Verdict("5.9", "scaled_attention", 5, "mistake", 0.0, 1.0, "m", numbers={"row": 2})
    assert from_property(json.loads(json.dumps(to_property(verdict, "")))) == verdict
    assert "numbers" not in verdict.to_json()


def is_a_finding(node: ast.AST) -> bool:
    finishers = ("mistake", "wrong", "blocked")
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") in finishers and bool(node.args)


def calls_with_numbers() -> Iterator[tuple[Path, ast.Call]]:
    for path in SUITES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        yield from ((path, node) for node in ast.walk(tree) if is_a_finding(node))  # type: ignore[misc]


def test_every_sentence_of_the_suites_names_just_the_numbers_that_it_is_given() -> None:
    problems = []
    for path, call in calls_with_numbers():
        given = {word.arg for word in call.keywords if word.arg} - {"explains"}
        open_ended = any(word.arg is None for word in call.keywords)
        text = call.args[0]
        if not isinstance(text, ast.Constant) or open_ended:
            continue
        named = set(re.findall(r"\{([a-z_][a-z0-9_]*)(?::[^{}]+)?\}", text.value))
        if named != given:
            problems.append(f"{path.relative_to(ROOT)}:{call.lineno}: {sorted(named ^ given)}")
    assert problems == []
