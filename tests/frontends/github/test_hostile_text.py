"""Whatever text a submission brings, every export can be written and nothing in it is obeyed."""

from __future__ import annotations

import csv
import io
import json
import random
from xml.etree import ElementTree

import pytest

from grader.frontends.github.annotations import error_annotations
from grader.frontends.github.classroom50 import document
from grader.frontends.github.commands import silenced
from grader.frontends.github.reporter import runners
from grader.frontends.github.summary import summary
from grader.results.formats import formats, is_per_submission
from grader.results.formats.matching import match
from grader.results.formats.roster import Student
from grader.results.records import SubmissionResult
from grader.results.verdict import STATUSES, Verdict

from .test_classroom50 import ENVIRONMENT, assert_accepted

PIECES = [
    *"=+-@\t\r\n|`*_<>&\"'%:,;#[]()$!~\\ \x00\x1b\x7f\x85\u2028\u202e\udc80\ud800\ufffe\uffffaé数",
    *("::", "##[", "::notice title=Autograding report::", "<script>", "@teacher", "http://a", "1. ", "]]>"),
]
FORMULA = tuple("=+-@\t\r\n")


def hostile(seed: int) -> list[SubmissionResult]:
    chance = random.Random(seed)

    def text() -> str:
        return "".join(chance.choices(PIECES, k=chance.randint(0, 12)))

    def check() -> Verdict:
        name, status, most = chance.choice([None, "5.9"]), chance.choice(STATUSES), chance.choice([0, 0.5, 1])
        return Verdict(name, text(), 5, status, 0, most, text(), chance.choice([None, text()]))

    return [SubmissionResult(text(), 0, 3, tuple(check() for _ in range(4))) for _ in range(2)]


@pytest.mark.parametrize("seed", range(100))
def test_every_export_is_well_formed(seed: int) -> None:
    results = hostile(seed)
    people = match(results, [Student(username=results[0].submission, name=results[1].submission)])
    for name, module in formats().items():
        per_submission = is_per_submission(module)
        texts = map(module.render_one, results) if per_submission else [module.render(people, "=a")]
        for text in texts:
            text.encode("utf-8")
            if name == "junit":
                ElementTree.fromstring(text)
            elif module.FILE_NAME.endswith(".json"):
                json.loads(text)
            else:
                cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
                assert not [cell for cell in cells if cell.startswith(FORMULA)]


@pytest.mark.parametrize("seed", range(100))
def test_no_line_is_a_command(seed: int) -> None:
    for result in hostile(seed):
        shown = summary(result).split("\n")
        shown += silenced([check.message for check in result.checks])[1:-1]
        tests = [test for runner in runners(result.checks).values() for test in runner["tests"]]
        shown += [text for test in tests for text in (test["name"], test["message"])]
        for line in shown:
            line.encode("utf-8")
            assert not line.lstrip().startswith("::")
            assert "\r" not in line
        assert not [test for test in tests if "::" in test["name"] + test["message"]]


@pytest.mark.parametrize("seed", range(100))
def test_our_own_commands_stay_whole(seed: int) -> None:
    for result in hostile(seed):
        for line in error_annotations(result.checks, lambda _: None):
            assert line.startswith("::error title=")
            assert not {"\n", "\r"} & set(line)
            assert line.count("::", 2) >= 1
        assert_accepted(document(result, ENVIRONMENT))
