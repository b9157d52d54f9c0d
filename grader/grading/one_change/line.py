"""Naming the line: what a search found, said to the student without the change itself."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

from grader.course.catalogue import Exercise, stage
from grader.grading.examine import Settings
from grader.grading.one_change.harmless import is_harmless
from grader.grading.one_change.search import Found, Searched, search
from grader.grading.reference import NoReference
from grader.isolation.limits import Limits
from grader.isolation.sandbox import Sandbox, open_sandbox
from grader.results.slips import is_undocumented
from grader.results.verdict import Verdict
from grader.student.faults import Frame
from grader.student.loader import Source

Sources = Mapping[int, Mapping[str, Source]]
# By kind of change, what to look at; nothing of the change itself.
QUESTIONS = {
    "axes": "What does that line do to the axes?",
    "order": "Is everything in that line needed, and in the right order?",
    "number": "Where does every number in that line come from?",
    "name": "Does that line use everything that it should, and nothing else?",
    "arithmetic": "Work out that line by hand: what does it compute?",
    "sign": "Which sign does the result of that line have?",
    "slice": "Which part of the array does that line take?",
    "dtype": "Which dtype does the result of that line have?",
    "condition": "For which inputs is the condition in that line true?",
    "statement": "What does that line do to the result, and when?",
}
OTHERWISE = "What does that line do, step by step?"


def with_lines(
    verdicts: Sequence[Verdict], sources: Sources, settings: Settings, sandbox: Sandbox, limits: Limits, seconds: float
) -> list[Verdict]:
    """The verdicts; where one change in a line was seen to make every check of an exercise pass, they say so.

    It is looked for where a result is wrong and no documented mistake explains it: `seconds` of processor time in all.
    """
    named = list(verdicts)
    for place, verdict in enumerate(named):
        if is_undocumented(verdict, verdicts) and verdict.stage in sources and seconds > 0:
            started = time.process_time()
            searched = _search(verdict, sources, settings, sandbox, limits, seconds)
            seconds -= time.process_time() - started
            named[place] = replace(verdict, slip=searched.slip)
            if searched.found is not None:
                named[place] = _said(named[place], searched.found, _source(verdict, sources))
    return named


def with_lines_apart(
    verdicts: Sequence[Verdict], sources: Sources, settings: Settings, seconds: float
) -> list[Verdict]:
    """The same on a student's own machine: in a process of its own, and for code that does nothing but compute.

    The change itself is not kept.
    """
    if not is_looked_for(verdicts, sources, settings, seconds):
        return list(verdicts)
    harmless = {number: files for number, files in sources.items() if is_harmless(files)}
    with open_sandbox("none") as processes:
        named = with_lines(verdicts, harmless, settings, processes, Limits(), seconds)
    return [replace(verdict, fix="", slip="") for verdict in named]


def is_looked_for(verdicts: Sequence[Verdict], sources: Sources, settings: Settings, seconds: float) -> bool:
    """Whether `with_lines_apart` has anything to look for, which takes its time."""
    if not settings.points.lines or seconds <= 0:
        return False
    wanted = {verdict.stage for verdict in verdicts if is_undocumented(verdict, verdicts)}
    return any(number in wanted and is_harmless(files) for number, files in sources.items())


def _search(
    verdict: Verdict, sources: Sources, settings: Settings, sandbox: Sandbox, limits: Limits, seconds: float
) -> Searched:
    try:
        return search(
            _exercise(verdict), sources[verdict.stage], (settings, *settings.others), sandbox, limits, seconds
        )
    except NoReference:
        # The right answers for other seeds are not in this edition, so nothing could be shown.
        return Searched()


def _exercise(verdict: Verdict) -> Exercise:
    return stage(verdict.stage).exercise(verdict.exercise)


def _source(verdict: Verdict, sources: Sources) -> Source:
    return sources[verdict.stage][_exercise(verdict).stem]


def _said(verdict: Verdict, found: Found, source: Source) -> Verdict:
    place = f"line {found.line}" + (f" of cell {found.cell}" if found.cell else "")
    text = f"One change in {place} makes every check pass. {QUESTIONS.get(found.kind, OTHERWISE)}"
    file = f"{source.file}[{found.cell}]" if found.cell else source.file
    return replace(
        verdict,
        message=f"{verdict.message.rstrip('.')}. {text}",
        line=found.line,
        where=Frame(file, found.line, verdict.exercise),
        fix=f"{found.before} → {found.after}",
    )
