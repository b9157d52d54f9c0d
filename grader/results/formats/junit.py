"""JUnit XML: a test suite per submission, a test case per check.

Source: the `testsuites/testsuite/testcase` form that Jenkins and pytest read and write
(jenkinsci/xunit-plugin, `junit-10.xsd`). Whatever did not pass is a `failure`, or an `error` where the
student's code raised or never answered; nothing is `skipped`, so no tool shows an empty submission as green.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree import ElementTree

from grader.results.board import points_text
from grader.results.escape import visible
from grader.results.formats.roster import Entry
from grader.results.formats.words import label
from grader.results.records import SubmissionResult
from grader.results.verdict import Verdict

FILE_NAME = "junit.xml"
_ERRORS = ("error", "timeout")


def render(entries: Sequence[Entry], assignment: str) -> str:
    """The whole document; students without a submission have no suite."""
    results = [entry.result for entry in entries if entry.result]
    checks = [check for result in results for check in result.checks]
    root = ElementTree.Element("testsuites", {"name": visible(assignment), **_counts(checks)})
    root.extend(_suite(result) for result in results)
    ElementTree.indent(root)
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _suite(result: SubmissionResult) -> ElementTree.Element:
    name = visible(result.submission)
    suite = ElementTree.Element("testsuite", {"name": name, **_counts(result.checks)})
    properties = ElementTree.SubElement(suite, "properties")
    for key, value in (("score", result.score), ("max_score", result.max_score)):
        ElementTree.SubElement(properties, "property", {"name": key, "value": points_text(value)})
    suite.extend(_case(check) for check in result.checks)
    return suite


def _case(check: Verdict) -> ElementTree.Element:
    name = visible(label(check))
    case = ElementTree.Element("testcase", {"classname": f"stage{check.stage}", "name": name})
    if not check.passed:
        kind = "error" if check.status in _ERRORS else "failure"
        message = visible(check.message, lines=True)
        first_line = message.partition("\n")[0]
        problem = ElementTree.SubElement(case, kind, {"type": check.status, "message": first_line})
        problem.text = f"{message}\n{visible(check.link)}" if check.link else message
    return case


def _counts(checks: Sequence[Verdict]) -> dict[str, str]:
    errors = sum(check.status in _ERRORS for check in checks)
    failures = sum(not check.passed for check in checks) - errors
    return {
        "tests": str(len(checks)),
        "failures": str(failures),
        "errors": str(errors),
        "skipped": "0",
    }
