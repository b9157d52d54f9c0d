"""The documentation builds without a warning, and what it specifies is so."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import jsonschema

from grader.course.catalogue import stages
from grader.course.points import read_points
from grader.results.verdict import STATUSES
from tests.conftest import ROOT, Run, copy_stage

REFERENCE = ROOT / "docs" / "reference"


def test_the_site_builds_strictly_and_holds_every_mistake_and_command(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    index = (tmp_path / "mistakes/index.html").read_text(encoding="utf-8")
    for stage in stages():
        text = (tmp_path / f"mistakes/{stage.name}/index.html").read_text(encoding="utf-8")
        for page in stage.pages.values():
            number = page.id.partition(".")[2]
            assert f'{stage.name}/#mistake-{number}"' in index
            assert f'id="mistake-{number}"' in text
        assert text.count("<summary>Hint 1 of 3</summary>") == len(stage.pages)
    commands = (tmp_path / "reference/commands/index.html").read_text(encoding="utf-8")
    assert "misstep-grade" in commands
    assert "--isolation" in commands


def test_results_are_of_the_form_that_the_schema_specifies(tmp_path: Path, run: Run) -> None:
    schema = json.loads((REFERENCE / "results.schema.json").read_text())
    copy_stage(5, tmp_path / "class" / "right")
    broken = copy_stage(5, tmp_path / "class" / "broken")
    (broken / "heads.py").write_text("def split_heads(x, n_heads):\n    return x\n")
    done = run("grader", "grade", tmp_path / "class", "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    lines = (tmp_path / "out/results.jsonl").read_text().splitlines()
    assert len(lines) == 2
    for line in lines:
        jsonschema.validate(json.loads(line), schema)


def test_every_status_is_explained() -> None:
    text = (REFERENCE / "results.md").read_text()
    assert re.findall(r"^`(\w+)`\n:", text, re.MULTILINE) == list(STATUSES)
    schema = json.loads((REFERENCE / "results.schema.json").read_text())
    assert schema["properties"]["checks"]["items"]["properties"]["status"]["enum"] == list(STATUSES)


def test_the_configuration_that_is_shown_is_accepted(tmp_path: Path) -> None:
    text = (REFERENCE / "configuration.md").read_text()
    (example,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    (tmp_path / "misstep.toml").write_text(example)
    points = read_points(tmp_path / "misstep.toml")
    assert points.general == tomllib.loads(example)["points"]["general"]
    assert "3.7" in points.off
