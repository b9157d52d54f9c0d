"""What stands under the cells of a graded notebook: output as nbgrader and Jupyter expect it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from grader.frontends.notebooks import nodes
from grader.frontends.notebooks.show import Shown, place_text
from grader.results.escape import one_line
from grader.student.faults import Raised, StudentFault, Unusable, fault_from_json

MAX_LINES = 200


def verdict_outputs(shown: Shown, passed: bool) -> list[Any]:
    """The feedback, displayed; and for a check that did not pass the error by which nbgrader gives no points."""
    outputs = [nodes.displayed(shown.html, shown.text)]
    if not passed:
        outputs.append(nodes.error("NotPassed", shown.line, [shown.line]))
    return outputs


def student_outputs(report: Any) -> list[Any]:
    """What a student's own cell printed and raised; `report` comes from behind the wall and may be anything."""
    printed, fault = report if isinstance(report, list) and len(report) == 2 else ("", None)
    outputs = []
    if isinstance(printed, str) and printed:
        outputs.append(nodes.printed(_visible(printed)))
    error = _error(fault)
    return outputs if error is None else [*outputs, error]


def _error(data: Any) -> Any:
    try:
        fault = fault_from_json(data) if isinstance(data, Mapping) else None
    except ValueError:
        return None
    if fault is None:
        return None
    lines = [f"{place_text(frame.file, frame.line)}\n    {one_line(frame.source, 200)}" for frame in fault.frames]
    name, text = _named(fault)
    return nodes.error(name, text, [*lines, f"{name}: {text}" if text else name])


def _named(fault: StudentFault) -> tuple[str, str]:
    text = one_line(fault.text)
    if isinstance(fault, Raised):
        return one_line(fault.type_name, 100), text
    if isinstance(fault, Unusable):
        name, _, rest = text.partition(": ")
        return (name, rest) if name.endswith("Error") else ("Error", text)
    return ("NotImplementedError" if fault.status == "todo" else "TimeoutError"), text


def _visible(text: str) -> str:
    """Printed text line by line, with no control character left in it."""
    lines = text.splitlines()
    shown = [_line(line) for line in lines[:MAX_LINES]]
    return "\n".join([*shown, "…"] if len(lines) > MAX_LINES else shown) + "\n"


def _line(line: str) -> str:
    return "".join(
        c if c.isprintable() or c == "\t" else c.encode("unicode_escape", "surrogatepass").decode("ascii")
        for c in line[:2_000]
    )
