"""One-slip mutants of the solutions: how many are harmless, named, wrong, and how many escape.

    python -m benchmarks.mutants [--stage N] [--answers] [--sample 0.2] [--seed 1] [-v]

A mutant is a solution, or with `--answers` a right answer that is kept, with one operator, constant, axis, name,
argument order or statement changed. It is harmless if it answers as the solution does, or as what it was made from, on
many random questions that the contract allows; a harmless one that loses points is a false alarm, and any other that
keeps them all has escaped. `-v` prints the source line of both.
"""

from __future__ import annotations

import argparse
import ast
import copy
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from grader.course.catalogue import Exercise, Stage, stages
from grader.course.points import Points
from grader.course.stored_answers import StoredAnswer, stored_answers
from grader.grading.examine import Settings, examine
from grader.grading.reference import PUBLIC_SEED
from grader.student.faults import StudentFault
from grader.student.in_process import InProcessFunctions
from grader.student.loader import Source, StageModules
from tests.domain import asked_of, questions, same_result
from tests.spoiling import SOLUTIONS, reference, solution_sources

QUESTIONS, SECONDS = 60, 5.0
OPERATORS: dict[type[ast.AST], tuple[type[ast.AST], ...]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.FloorDiv: (ast.Mod,),
    ast.Mod: (ast.FloorDiv,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
NAMES = {
    "max": ("min", "mean"), "min": ("max",), "sum": ("mean", "max"), "mean": ("sum", "max"), "sin": ("cos",),
    "cos": ("sin",), "triu": ("tril",), "tril": ("triu",), "zeros": ("ones",), "ones": ("zeros",), "exp": ("tanh",),
    "maximum": ("minimum",), "minimum": ("maximum",), "sqrt": ("square",), "var": ("std",), "std": ("var",),
    "argmax": ("argmin",), "log": ("log2", "log1p"), "T": ("real",),
}  # fmt: skip


def slips(node: ast.AST) -> Iterator[tuple[str, Any]]:
    """What may stand in place of a field of this node: (field, value)."""
    operator: object = getattr(node, "op", None)
    for other in OPERATORS.get(type(operator), ()):  # type: ignore[arg-type]
        yield "op", other()
    if isinstance(node, ast.Compare):
        yield from (("ops", [other()]) for other in OPERATORS.get(type(node.ops[0]), ()))
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield "value", not node.value
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        yield from (("value", node.value + by) for by in (1, -1))
        yield from [("value", node.value * 2)] if node.value else []
    if isinstance(node, ast.Attribute):
        yield from (("attr", name) for name in NAMES.get(node.attr, ()))
    if isinstance(node, ast.Call) and len(node.args) > 1:
        yield "args", [node.args[1], node.args[0], *node.args[2:]]
    if isinstance(node, ast.Call) and node.keywords:
        yield from (("keywords", [k for k in node.keywords if k is not gone]) for gone in node.keywords)
    if isinstance(node, ast.Slice) and (node.lower or node.upper):
        yield "lower", node.upper
    body = getattr(node, "body", None)
    if isinstance(body, list) and len(body) > 1 and not isinstance(node, ast.Module):
        yield from (("body", body[:n] + body[n + 1 :]) for n in range(len(body)) if not isinstance(body[n], ast.Expr))


def mutants(source: str) -> Iterator[tuple[str, str, str]]:
    """Every one-slip mutant of a file: its source, the changed line in words, and the function that it stands in."""
    tree = ast.parse(source)
    owners = {n: part.name for part in tree.body if isinstance(part, ast.FunctionDef) for n in ast.walk(part)}
    made = {ast.unparse(tree)}
    for place, node in enumerate(ast.walk(tree)):
        for number, _ in enumerate(slips(node)):
            mutant = copy.deepcopy(tree)
            changed = list(ast.walk(mutant))[place]
            before = ast.unparse(changed)
            field, value = list(slips(changed))[number]
            setattr(changed, field, value)
            ast.fix_missing_locations(mutant)
            text = ast.unparse(mutant)
            if text not in made:
                made.add(text)
                said = f"line {getattr(node, 'lineno', 0)}: {_short(before)} -> {_short(ast.unparse(changed))}"
                yield text, said, owners.get(node, "")


def _short(code: str) -> str:
    return " ".join(code.split())[-70:]


def judge(exercise: Exercise, sources: Mapping[str, Source]) -> str:
    """What becomes of a mutant in one exercise: same, named, wrong or passed."""
    functions = InProcessFunctions(StageModules(sources))
    settings = Settings(PUBLIC_SEED, Points(), reference)
    verdicts = [verdict for verdict, _ in examine(exercise, functions, settings, time.monotonic() + SECONDS)]
    if all(verdict.passed for verdict in verdicts):
        return "passed"
    return "named" if any(verdict.status == "mistake" for verdict in verdicts) else "wrong"


def is_harmless(
    exercise: Exercise, sources: Mapping[str, Source], *origins: Mapping[str, Source], strictly: bool = False
) -> bool:
    """Whether a mutant answers as the solution does, or as what it was made from, on many random questions.

    See `tests.domain.same_result`.
    """
    mine = InProcessFunctions(StageModules(sources))
    others = [InProcessFunctions(StageModules(s)) for s in (solution_sources(exercise.stage), *origins)]
    rng = np.random.default_rng([PUBLIC_SEED, len(exercise.name)])
    for args in questions(exercise.name, rng, QUESTIONS):
        got = _came(mine, exercise, args)
        if not any(_same(exercise, got, _came(other, exercise, args), strictly) for other in others):
            return False
    return True


def _same(exercise: Exercise, got: Any, want: Any, strictly: bool) -> bool:
    if want is RAISED or got is RAISED:
        return want is got
    return same_result(exercise.name, got, want, strictly=strictly)


# What comes of a call that raises.
RAISED = "raised"


def _came(functions: InProcessFunctions, exercise: Exercise, args: tuple[Any, ...]) -> Any:
    try:
        return functions.call(exercise.stem, exercise.name, args, time.monotonic() + SECONDS)
    except StudentFault:
        return RAISED


@dataclass(frozen=True)
class Mutant:
    """One mutant of a stage's files, what it was made from, the exercise to judge it by, and its slip in words."""

    exercise: Exercise
    sources: Mapping[str, Source]
    origin: Mapping[str, Source]
    slip: str


def mutants_of(level: Stage, share: float, chance: random.Random, *, answers: bool = False) -> Iterator[Mutant]:
    """A sample of a stage's mutants: of its solutions, or of the right answers that are kept."""
    solved, known = solution_sources(level.number), asked_of(level)
    asked = [(stem, b"", solved[stem].chunks[0], [e for e in known if e.stem == stem]) for stem in level.stems]
    if answers:
        # An answer is laid over the solution of its file.
        kept = [answer for answer in stored_answers(SOLUTIONS, level) if _is_right(answer)]
        asked = [
            (
                a.stem,
                solved[a.stem].chunks[0] + b"\n\n",
                a.path.read_bytes(),
                [e for e in known if e.name in a.shows],
            )
            for a in kept
        ]
    for stem, before, text, exercises in asked:
        for changed, slip, owner in mutants(text.decode()):
            if chance.random() >= share:
                continue
            origin, sources = ({**solved, stem: Source(f"{stem}.py", (before + t,))} for t in (text, changed.encode()))
            # A slip in a function that is no exercise may spoil any of the file.
            for exercise in [e for e in exercises if e.name == owner] or exercises:
                yield Mutant(exercise, sources, origin, f"{stem} {slip}")


def _is_right(answer: StoredAnswer) -> bool:
    return all(shown.kind == "right" for shown in answer.shows.values())


def sweep(
    level: Stage, share: float, chance: random.Random, *, answers: bool = False, verbose: bool = False
) -> Counter[str]:
    """Judge a sample of a stage's mutants."""
    counts: Counter[str] = Counter()
    for mutant in mutants_of(level, share, chance, answers=answers):
        outcome = _outcome(mutant)
        counts[outcome] += 1
        if verbose and outcome in ("escaped", "false alarm"):
            print(f"{level.name} {mutant.exercise.name} {outcome}: {mutant.slip}", flush=True)
    return counts


def _outcome(mutant: Mutant) -> str:
    came = judge(mutant.exercise, mutant.sources)
    if came == "named":
        return came
    if came == "passed":
        return "harmless" if is_harmless(mutant.exercise, mutant.sources, mutant.origin) else "escaped"
    return "false alarm" if is_harmless(mutant.exercise, mutant.sources, strictly=True) else "wrong"


def main() -> int:
    """Print a line per stage; the exit status is 1 where a mutant escaped."""
    parser = argparse.ArgumentParser(description="one-slip mutants of the solutions", prog="mutants")
    parser.add_argument("--stage", type=int, action="append", default=[])
    parser.add_argument("--answers", action="store_true", help="mutants of the right answers that are kept")
    parser.add_argument("--sample", type=float, default=1.0, help="the share of mutants to judge (default: all)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-v", action="store_true", dest="verbose", help="print what escaped, and false alarms")
    options = parser.parse_args()
    escaped = 0
    for level in stages():
        if options.stage and level.number not in options.stage:
            continue
        counts = sweep(
            level, options.sample, random.Random(options.seed), answers=options.answers, verbose=options.verbose
        )
        escaped += counts["escaped"]
        kinds = ("harmless", "named", "wrong", "escaped", "false alarm")
        print(f"{level.name}: {counts.total()} tried, " + ", ".join(f"{counts[kind]} {kind}" for kind in kinds))
    return int(escaped > 0)


if __name__ == "__main__":
    sys.exit(main())
