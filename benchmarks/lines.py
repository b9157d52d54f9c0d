"""How often the line of an undocumented slip is named, and what that takes.

    python -m benchmarks.lines [--stage N] [--most N] [--mutants 0.1] [--seed 1] [-v]

The kept answers that are `wrong` are searched one after another behind the wall, as a batch would; with `--mutants`, a
sample of the one-slip mutants of the solutions that nothing documented explains. Printed for each stage: how many, how
many got a line, of mutants also how often it is a line that was changed, and the processor time of the trusted side for
each; as a yardstick from the same run, the processor time of judging the same answers without a search. A claim that
does not hold would be a change that some check rejects: every claimed change is judged again here, under five seeds
that the search did not see.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import random
import sys
import time
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.mutants import mutants_of
from grader.course.catalogue import Exercise, stage, stage_numbers
from grader.course.pages import solutions_home
from grader.course.points import Points
from grader.course.stored_answers import stored_answers
from grader.grading.examine import Settings, examine, first_failure
from grader.grading.one_change.candidates import candidates
from grader.grading.one_change.search import MOST, Found, search
from grader.grading.reference import PUBLIC_SEED, find_reference
from grader.isolation.limits import Limits
from grader.isolation.sandbox import Sandbox, open_sandbox
from grader.student.loader import Source
from tests.spoiling import solution_sources

WRONG = frozenset({"wrong"})
SECONDS = 2.0


@dataclass(frozen=True)
class Case:
    """A wrong answer to an exercise; `changed` are the lines of its file that were changed, where that is known."""

    name: str
    exercise: Exercise
    sources: Mapping[str, Source]
    changed: Collection[int] = ()

    @property
    def source(self) -> Source:
        return self.sources[self.exercise.stem]


def wrong_answers(number: int) -> Iterator[Case]:
    """The kept answers of a stage that nothing documented explains."""
    home = solutions_home()
    assert home is not None, "this needs a clone of the repository"
    for answer in stored_answers(home, stage(number)):
        for name, shown in answer.shows.items():
            if shown.words == (WRONG,):
                yield Case(answer.name, stage(number).exercise(name), answer.sources)


def mutants(number: int, share: float, seed: int) -> Iterator[Case]:
    """A sample of the mutants of a stage's solutions; whether they are wrong is not yet known."""
    whole = {stem: ast.unparse(ast.parse(s.chunks[0])) for stem, s in solution_sources(number).items()}
    for mutant in mutants_of(stage(number), share, random.Random(seed)):
        stem = mutant.exercise.stem
        text = mutant.sources[stem].chunks[0].decode()
        yield Case(mutant.slip, mutant.exercise, mutant.sources, changed_lines(whole[stem], text))


def changed_lines(before: str, after: str) -> set[int]:
    """The lines of a text, counted from 1, that stand where another text differs: for a lost one its neighbours."""
    lines: set[int] = set()
    matcher = difflib.SequenceMatcher(None, before.splitlines(), after.splitlines(), autojunk=False)
    for tag, _, _, start, end in matcher.get_opcodes():
        if tag != "equal":
            lines |= set(range(start + 1, end + 1)) or {start, start + 1}
    return lines


def still_right(case: Case, found: Found, sandbox: Sandbox, settings: Settings) -> bool:
    """Whether the change that was found passes under seeds that the search did not see."""
    change = candidates(case.source.chunks[0], case.exercise.name, MOST)[found.tried - 1]
    changed = replace(case.source, chunks=(change.apply(case.source.chunks[0]),))
    stage_files = {**case.sources, case.exercise.stem: changed}
    with sandbox.open_session({case.exercise.stage: stage_files}, Limits()) as session:
        functions = session.functions(case.exercise.stage)
        return all(
            first_failure(case.exercise, functions, replace(settings, seed=settings.seed + more), time.monotonic() + 60)
            is None
            for more in range(11, 16)
        )


def measure(number: int, cases: Iterator[Case], verbose: bool) -> None:
    """Search a stage's wrong answers and print its line of the table."""
    settings = Settings(PUBLIC_SEED, Points(), find_reference())
    tried = named = there = false = 0
    judging = searching = 0.0
    with open_sandbox("auto") as sandbox:
        for case in cases:
            began = time.process_time()
            with sandbox.open_session({number: case.sources}, Limits()) as session:
                came = examine(case.exercise, session.functions(number), settings, time.monotonic() + 10)
            if not is_searched([verdict.status for verdict, _ in came]):
                continue
            judged = time.process_time()
            seeds = (settings, *settings.others)
            found = search(case.exercise, case.sources, seeds, sandbox, Limits(), SECONDS).found
            judging, searching = judging + judged - began, searching + time.process_time() - judged
            tried, named = tried + 1, named + (found is not None)
            if found is not None:
                there += found.line in case.changed
                holds = still_right(case, found, sandbox, settings)
                false += not holds
            if verbose:
                doubt = "" if found is None or holds else " DOES NOT HOLD"
                lines = f" (changed: {sorted(case.changed)})" if case.changed else ""
                print(f"  {case.name} {case.exercise.name}: {found}{lines}{doubt}", flush=True)
    share = f"{named} of {tried} named" + (f" ({100 * named / tried:.0f} %)" if tried else "")
    share += f", {there} of them in a line that was changed" if there else ""
    each = f"{1000 * searching / max(1, tried):.0f} ms each, judging {1000 * judging / max(1, tried):.0f} ms"
    print(f"stage {number}: {share}, {false} claims that do not hold; {each}", flush=True)


def is_searched(statuses: Collection[str]) -> bool:
    """Whether the line is looked for: the result is wrong, and no documented mistake explains it."""
    return "wrong" in statuses and "mistake" not in statuses


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stage", type=int, choices=stage_numbers(), action="append")
    parser.add_argument("--most", type=int, default=10_000, help="so many answers of each stage")
    parser.add_argument("--mutants", type=float, metavar="SHARE", help="a share of the solutions' mutants instead")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-v", "--verbose", action="store_true", help="a line for each answer")
    args = parser.parse_args()
    for number in args.stage or stage_numbers():
        cases = wrong_answers(number) if args.mutants is None else mutants(number, args.mutants, args.seed)
        measure(number, islice(cases, args.most), args.verbose)


if __name__ == "__main__":
    main()
