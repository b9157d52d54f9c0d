"""The doors: each takes a batch of submissions, and gives what its front end says of each of them."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from grader.grading.reference import PUBLIC_SEED
from tests.conftest import ROOT

Check = tuple[str, str | None]


@dataclass
class Seen:
    """What a door said of one submission: status, points and message by exercise and check, and the notes.

    What a door does not say is None.
    """

    checks: dict[Check, tuple[str, float | None, str | None]] = field(default_factory=dict)
    notes: set[str] | None = field(default_factory=set)


Door = Callable[[Path, Path], Mapping[str, Seen]]
# A front end that grades one submission, for all of a batch in one process.
ONE_BY_ONE = """
import json, os, sys
from grader.frontends.cli import main
for words, environment in json.load(sys.stdin):
    os.environ.update(environment)
    assert main(words) == 0, words
"""


def started(*command: str | Path, cwd: Path, given: str = "", **environment: str) -> None:
    """Run a front end; it must come to verdicts, whatever they are."""
    done = subprocess.run(
        [*map(str, command)],
        cwd=cwd,
        input=given,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
        env={**os.environ, **environment},
    )
    assert done.returncode in (0, 1), done.stdout[-3000:] + done.stderr[-3000:]


def by_grade(*options: str, prefix: tuple[str, ...] = ()) -> Door:
    """`misstep grade`."""

    def door(batch: Path, out: Path) -> Mapping[str, Seen]:
        common = ("grade", batch, "--out", out, "--stage", "5", "--seed", str(PUBLIC_SEED))
        started(*prefix, sys.executable, "-m", "grader", *common, *options, cwd=batch, PYTHONPATH=str(ROOT))
        return read(out)

    return door


def read(out: Path) -> Mapping[str, Seen]:
    """What is in results.jsonl."""
    found = {}
    for line in (out / "results.jsonl").read_text(encoding="utf-8").splitlines():
        result = json.loads(line)
        checks = {(c["exercise"], c["id"]): (c["status"], c["points"], c["message"]) for c in result["checks"]}
        found[result["submission"]] = Seen(checks, set(result["notes"]))
    return found


def by_pytest(only: Iterable[str], *command: str | Path, home: str = "") -> Door:
    """pytest over all of these folders at once, which lie in `home` below OUT; what a check carries comes as JSON."""

    def door(batch: Path, out: Path) -> Mapping[str, Seen]:
        place = out / home
        for name in only:
            shutil.copytree(batch / name, place / name)
        report = out / "report.json"
        options = ("-q", "-p", "no:cacheprovider", "--json-report", f"--json-report-file={report}")
        started(*(command or (sys.executable, "-m", "pytest")), *sorted(place.glob("*/stage5")), *options, cwd=out)
        return read_report(report)

    return door


def read_report(report: Path) -> Mapping[str, Seen]:
    """What is in pytest-json-report's file."""
    found: dict[str, Seen] = {}
    for test in json.loads(report.read_text(encoding="utf-8"))["tests"]:
        seen = found.setdefault(test["nodeid"].split("/")[-3], Seen(notes=None))
        check = test["metadata"]
        seen.checks[check["exercise"], check["id"]] = (check["status"], check["points"], check["message"])
    return found


def by_github(batch: Path, out: Path) -> Mapping[str, Seen]:
    """`misstep github` in each checkout: what the reporter is given, and the notes in the summary."""
    out.mkdir()
    places = sorted(batch.iterdir())
    told = {p.name: {key: str(out / f"{p.name}.{key[-6:]}") for key in ("GITHUB_OUTPUT", "GITHUB_ENV")} for p in places}
    calls = [(["github", str(path), "--stage", "5"], told[path.name]) for path in places]
    started(sys.executable, "-c", ONE_BY_ONE, cwd=out, given=json.dumps(calls), PYTHONPATH=str(ROOT))
    return {path.name: _reported(Path(told[path.name]["GITHUB_OUTPUT"])) for path in places}


def _reported(output: Path) -> Seen:
    values = dict(line.split("=", 1) for line in output.read_text(encoding="utf-8").splitlines())
    seen = Seen(notes=None)
    for runner in values["runners"].split(","):
        for test in json.loads(base64.b64decode(values[runner]))["tests"]:
            name, _, status = test["name"].partition(": ")
            seen.checks[key_of(name)] = (status or "passed", test["score"], None)
    return seen


def key_of(label: str) -> Check:
    """The check that a label speaks of, such as "5.9 scaled_attention" or "stage 5: scaled_attention (general)"."""
    mistake = re.search(r"\b\d+\.\d+\b", label)
    exercise = re.search(r"\b[a-z]+(?:_[a-z]+)+\b", label)
    assert exercise is not None, label
    return exercise[0], mistake[0] if mistake else None


def by_classroom50(batch: Path, out: Path) -> Mapping[str, Seen]:
    """`misstep classroom50` in each checkout: its result.json."""
    shutil.copytree(batch, out)
    told = dict.fromkeys(("CLASSROOM", "ASSIGNMENT", "OWNER", "COMMIT_URL", "RELEASE_URL"), "x")
    told["SUBMISSION_TAG"] = "submit/2026-01-01T00-00-00Z"
    calls = [(["classroom50", str(path), "--stage", "5"], told) for path in sorted(out.iterdir())]
    started(sys.executable, "-c", ONE_BY_ONE, cwd=out, given=json.dumps(calls), PYTHONPATH=str(ROOT))
    found = {}
    for path in sorted(out.iterdir()):
        tests = json.loads((path / "result.json").read_text(encoding="utf-8"))["tests"]
        checks = {key_of(t["test-name"]): (t["status"], t["score"], t["message"]) for t in tests}
        found[path.name] = Seen({key: (s, float(points), m) for key, (s, points, m) in checks.items()}, None)
    return found


def by_gradescope(machine: Path, only: tuple[str, ...]) -> Door:
    """Gradescope's own script, once for each submission, on a machine made of the zip."""

    def door(batch: Path, out: Path) -> Mapping[str, Seen]:
        found = {}
        for name in only:
            shutil.copytree(batch / name, machine / "submission")
            started("bash", machine / "run_autograder", cwd=machine, MISSTEP_OPTIONS="--stage 5")
            shutil.rmtree(machine / "submission")
            tests = json.loads((machine / "results/results.json").read_text(encoding="utf-8"))["tests"]
            keys = [(t["extra_data"]["exercise"], t["extra_data"]["id"]) for t in tests]
            told = [(t["extra_data"]["status"], t["score"], None) for t in tests]
            found[name] = Seen(dict(zip(keys, told, strict=True)), None)
        return found

    return door
