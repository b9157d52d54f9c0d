"""An editor for what students read: what is wrong with a sentence, found without knowing what it is about.

`python -m tests.editing [STAGE …] [--mutants SHARE]` prints what it finds in the messages of all kept answers, or of a
share of the one-slip mutants of the solutions.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections.abc import Iterator

from benchmarks.mutants import SECONDS, mutants_of
from grader.course.catalogue import Stage, stages
from grader.course.points import Points
from grader.course.stored_answers import stored_answers
from grader.grading.examine import Settings, examine
from grader.grading.reference import PUBLIC_SEED
from grader.results.verdict import Verdict
from grader.student.in_process import InProcessFunctions
from grader.student.loader import StageModules
from tests.domain import asked_of
from tests.spoiling import SOLUTIONS, Spoiling, Spoilt, reference, solution_sources, tellable

MOST_WORDS, LONGEST = 30, 1000
NUMBER = r"(-?\d[\d,]*(?:\.\d+)?(?:e-?\d+)?)"
VALUE = rf"(-?inf|nan|\[.*?\](?=[ ,.;]|$)|{NUMBER[1:-1]})"
# Two values that a sentence says are not the same.
_CONTRASTS = (
    rf"is {VALUE}, the right one is {VALUE}",
    rf"is {VALUE}, (?:and|where) {VALUE} is right",
    rf": {VALUE},? where {VALUE} is right",
    rf"is {VALUE},? and not {VALUE}",
    rf"(?:is|by|of|to|get) {VALUE}, not (?:by |of |to )?{VALUE}",
    rf"by {VALUE}, where √\S+ is {VALUE}",
)
# The left column of the table of words, and names from inside the kit.
_BANNED = (
    r"shared out anew|taken away, not",
    r"\bis no (?:numpy )?array|and no numpy array",
    r"\bturns? of k\b",
    r"are others each time",
    r"in one sum\b",
    r"the one and \S+ × the other",
    r"[Cc]alled with \w+ \[",
    r"\b(?:nursery|guest|garbage|the paper|line to the grader)\b",
)
_THINGS = "token|row|number|key|head|feature|case|word|column|submission|check|place|sequence|item|array"
_ODD_GRAMMAR = (
    (r"(?i)\b([a-z]{2,}) \1\b", "a word stands twice"),
    (rf"(?<![\d.,\[(=-])\b1 (?:{_THINGS})s\b", "one of many"),
    (rf"(?<![\d.,-])\b[2-9] (?:{_THINGS}|query|index)\b", "many of one"),
    (r"(?:^|\s)a (?!uni|one|use|u-|eu)[aeiou][a-z]", "a before a vowel"),
    (r"(?:^|\s)an [bcdfgjkpqtvwyz][a-z]", "an before a consonant"),
    (r"\.\.(?!\.)(?<!\.\.\.)|\?\.|,\.|;\.| ,| ;|  ", "odd punctuation"),
)
_ODD_NUMBERS = (
    (r"(?<![\w.])[-−]0(?:\.0+)?(?![\de/]|\.\d)", "a zero with a sign"),
    (r"\d(?:\.\d+)?e[+-]?\d+ ?(?:×|times)", "a factor with an exponent"),
    (r"\de\+\d", "an exponent with a plus"),
    (r"(?<![\d.,])(?:1(?:\.0|\.00\d*)?|0\.99\d*) (?:×|times) (?:as|the right|it|that)\b", "a factor of one"),
)


def complaints(verdict: Verdict) -> Iterator[str]:
    """What is wrong with what a verdict says. An exception's own text is the student's, and is left alone."""
    text = verdict.message
    ours = verdict.status in ("mistake", "wrong", "blocked") and "Error:" not in text
    if re.search(r"\b(?:cases?|examples?) below|below by hand|see below|shown below", f"{text} {verdict.question}"):
        yield "points below, where nothing is"
    if len(text) >= LONGEST and not text.endswith("…"):
        yield "is cut without an ellipsis"
    if not ours:
        return
    yield from _numbers(text)
    yield from _words(text)


def _numbers(text: str) -> Iterator[str]:
    for pattern in _CONTRASTS:
        for found in re.finditer(pattern, text):
            if found[1] == found[2]:
                yield f"says that {found[1]} differs from itself"
    for pattern, what in _ODD_NUMBERS:
        found = re.search(pattern, re.sub(r"\[[^\]]*\]", "[]", text) if "factor" in what else text)
        if found:
            yield f"{what}: {found[0]!r}"


def _words(text: str) -> Iterator[str]:
    for pattern, what in _ODD_GRAMMAR:
        if found := re.search(pattern, text):
            yield f"{what}: {found[0]!r}"
    for pattern in _BANNED:
        if found := re.search(pattern, text):
            yield f"banned: {found[0]!r}"
    if re.search(r"\{[a-z_]+(?::[^}]*)?\}", text):
        yield "a number that was not filled in"
    if any(text.count(one) != text.count(other) for one, other in ("[]", "()")) and not text.endswith("…"):
        yield "a bracket without its other one"
    for sentence in re.split(r"(?<=[.!?;:]) ", _without_values(text)):
        if len(sentence.split()) > MOST_WORDS:
            yield f"a sentence of {len(sentence.split())} words: {sentence[:60]!r}"


def _without_values(text: str) -> str:
    """The text with each printed array, and each name with its value, as one word."""
    while re.search(r"\[[^\[\]]*\]", text):
        text = re.sub(r"\[[^\[\]]*\]", "A", text)
    return re.sub(r"\w+ (?:= |of shape )\S+", "name", text)


def prose(text: str) -> Iterator[str]:
    """What is wrong with a page of Markdown or a docstring: its code, tables and headings are left alone."""
    text = re.sub(r"(?ms)^```.*?^```|^\|.*?$|^#.*?$|^ *>>> .*?(?=^ *$|\Z)|<!--.*?-->", "", text)
    text = re.sub(r"`[^`]*`", "code", re.sub(r"\]\([^)]*\)", "]", text))
    for paragraph in re.split(r"\n\s*\n|\n(?= *(?:[-*]|\d+\.) )|\n(?= *\w+(?:, \w+)*: )", text):
        for sentence in re.split(r"(?<=[.!?;:])[*_)]*\s+", " ".join(paragraph.split())):
            if len(sentence.split()) > MOST_WORDS:
                yield f"a sentence of {len(sentence.split())} words: {sentence[:60]!r}"
            yield from (f"banned: {found[0]!r}" for pattern in _BANNED if (found := re.search(pattern, sentence)))


def kept_verdicts(level: Stage, every: int = 1) -> Iterator[tuple[str, Verdict]]:
    """What the kept answers of a stage are told, or a sample of them, each with the answer's name."""
    for answer in stored_answers(SOLUTIONS, level)[::every]:
        functions = InProcessFunctions(StageModules(answer.sources), watch=False)
        for exercise in answer.stage.exercises:
            if exercise.stem == answer.stem and exercise.name in answer.shows:
                found = examine(exercise, functions, Settings(PUBLIC_SEED, Points(), reference), time.monotonic() + 60)
                yield from ((answer.name, verdict) for verdict, _ in found if not verdict.passed)


def spoilt_verdicts(level: Stage, every: int = 1) -> Iterator[tuple[str, Verdict]]:
    """What spoilt solutions of a stage are told, or a sample of them."""
    modules = solution_sources(level.number)
    for exercise in asked_of(level):
        for spoiling in tellable(exercise, every):
            found = examine(
                exercise, spoilt(spoiling, modules), Settings(PUBLIC_SEED, Points(), reference), time.monotonic() + 60
            )
            yield from ((str(spoiling), verdict) for verdict, _ in found if not verdict.passed)


def spoilt(spoiling: Spoiling, sources: object) -> Spoilt:
    """The functions of a solution, one of them spoilt."""
    return Spoilt(StageModules(sources), spoiling)  # type: ignore[arg-type]


def mutant_verdicts(level: Stage, share: float, seed: int = 1) -> Iterator[tuple[str, Verdict]]:
    """What a share of the mutants of a stage's solutions and of its right answers are told, each with its slip."""
    for answers in (False, True):
        for mutant in mutants_of(level, share, random.Random(seed), answers=answers):
            # Many a mutant does not come to an end.
            functions = InProcessFunctions(StageModules(mutant.sources))
            settings = Settings(PUBLIC_SEED, Points(), reference)
            found = examine(mutant.exercise, functions, settings, time.monotonic() + SECONDS)
            yield from ((mutant.slip, verdict) for verdict, _ in found if not verdict.passed)


def main() -> int:
    """Print what the editor finds in the messages of the kept answers, or of mutants."""
    parser = argparse.ArgumentParser(description="an editor for what students read", prog="editing")
    parser.add_argument("stages", type=int, nargs="*", metavar="STAGE")
    parser.add_argument("--mutants", type=float, metavar="SHARE", help="read this share of the mutants instead")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    read = found = 0
    for level in stages():
        if options.stages and level.number not in options.stages:
            continue
        told = (
            kept_verdicts(level) if options.mutants is None else mutant_verdicts(level, options.mutants, options.seed)
        )
        for name, verdict in told:
            read += 1
            for complaint in complaints(verdict):
                found += 1
                print(f"{name} {verdict.exercise} {verdict.label} {verdict.status}: {complaint}\n    {verdict.message}")
    print(f"{read} messages read, {found} found")
    return int(found > 0)


if __name__ == "__main__":
    sys.exit(main())
