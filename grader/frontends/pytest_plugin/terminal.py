"""What a pytest run shows at its end: the feedback blocks, what the student's code printed, and the boards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from grader.frontends.pytest_plugin.items import NOTES
from grader.frontends.watch.following import milestone_line, next_line
from grader.results.board import bar
from grader.results.escape import one_line
from grader.results.feedback import Line
from grader.results.told import STYLES, stage_lines, with_pictures
from grader.results.verdict import Verdict, from_property

MAX_PRINTED_LINES = 10


def write_summary(reporter: Any, reports: Sequence[tuple[Any, dict[str, Any]]]) -> None:
    """Write blocks and boards for reports and the verdicts that they carry, a board per directory."""
    stages: dict[tuple[int, str], list[Verdict]] = {}
    printed: dict[tuple[int, str], list[str]] = {}
    notes: dict[tuple[int, str], dict[str, None]] = {}
    for report, data in reports:
        key = (int(data["stage"]), str(data["folder"]))
        stages.setdefault(key, []).append(from_property(data))
        printed.setdefault(key, []).extend(_printed(report, data["exercise"]))
        notes.setdefault(key, {}).update((note, None) for name, note in report.user_properties if name == NOTES)
    everything: list[Verdict] = []
    for key in sorted(stages):
        verdicts = _ordered(key[0], stages[key])
        everything += verdicts
        _write_stage(reporter, key, verdicts, printed[key], list(notes[key]))
    if len(stages) > 1:
        _write(reporter, [bar(everything, "Total  ")])
    _keep_met(reporter.config, everything)
    if reporter.config.get_verbosity() >= 0:
        _write(reporter, [Line("head", f" {next_line(stages)}")])


def _keep_met(config: Any, verdicts: Sequence[Verdict]) -> None:
    """Let `misstep explain` know which mistakes were met, in pytest's own cache."""
    named = {verdict.id for verdict in verdicts if verdict.status == "mistake"}
    cache = getattr(config, "cache", None)  # not there under -p no:cacheprovider
    if named and cache is not None:
        cache.set("misstep/met", sorted({*cache.get("misstep/met", []), *named}))


def _ordered(number: int, verdicts: list[Verdict]) -> list[Verdict]:
    """In the order of the task sheet, whatever order two processes reported in."""
    from grader.course.catalogue import stage

    places = [(e.name, check.label) for e in stage(number).exercises for check in e.checks]
    return sorted(verdicts, key=lambda verdict: places.index((verdict.exercise, verdict.label)))


def _write_stage(
    reporter: Any, key: tuple[int, str], verdicts: list[Verdict], printed: list[str], notes: list[str]
) -> None:
    reporter.write_sep("─", f"stage {key[0]}", bold=True)
    width, colour = reporter._tw.fullwidth, reporter._tw.hasmarkup
    lines = stage_lines(key[0], verdicts, min(80, width), printed, notes)
    _write(reporter, list(with_pictures(lines, min(100, width), shown=True, colour=colour)))
    if reporter.config.get_verbosity() >= 0 and (together := milestone_line(*key, verdicts)):
        _write(reporter, [Line("head", f" {together}")])


def _printed(report: Any, exercise: str) -> list[str]:
    """The first lines of what the student's code printed, kept from doing anything to the terminal."""
    text = "".join(content for name, content in report.sections if name.startswith("Captured std"))
    lines = [one_line(line, 70) for line in text.splitlines()[:MAX_PRINTED_LINES] if line.strip()]
    if not lines or report.passed:
        return []
    return [f" {exercise} printed:", *(f"      {line}" for line in lines)]


def _write(reporter: Any, lines: Sequence[Line]) -> None:
    for line in lines:
        reporter.write_line(line.text, **STYLES.get(line.kind, {}))
