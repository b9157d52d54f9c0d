"""What a student's checkout holds beside the exercises reaches nothing of ours: no hook, no setting, no module."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import answer_text, copy_stage

SCRIPT = Path(sys.executable).with_name("misstep")
SHOUT = "open({path!r}, 'a').write(__file__ + '\\n')\nraise SystemExit('a file of the checkout was run')\n"
# Whatever Python, pip, pytest, git or an editor would read of its own accord.
RUN = (
    "conftest.py",
    "exercises/conftest.py",
    "exercises/stage5/conftest.py",
    "exercises/stage5/__init__.py",
    "sitecustomize.py",
    "usercustomize.py",
    "numpy.py",
    "json.py",
    "grader/__init__.py",
    "grader/course/__init__.py",
    "setup.py",
    "hook.pth",
)
SETTINGS = {
    "misstep.toml": '[points]\ngeneral = 1000\noff = ["wild", "5.1", "5.4"]\n',
    "exercises/misstep.toml": "[points]\ngeneral = 1000\n",
    "exercises/stage5/misstep.toml": "[points]\ngeneral = 1000\n",
    "pyproject.toml": '[tool.pytest.ini_options]\naddopts = "-p evil --misstep-seed 1"\n',
    "pytest.ini": "[pytest]\naddopts = -p evil\n",
    "tox.ini": "[pytest]\naddopts = -p evil\n",
    "setup.cfg": "[tool:pytest]\naddopts = -p evil\n",
    "pip.conf": "[global]\nindex-url = https://example.org/evil\n",
    ".env": "PYTHONPATH=.\nPYTHONSTARTUP=conftest.py\n",
    ".python-version": "2.7\n",
    "results.jsonl": '{"submission": "x", "score": 1000}\n',
    "seed": "0\n",
}
CLASSROOM = {
    "CLASSROOM": "cs",
    "ASSIGNMENT": "attention",
    "USERNAME": "mary",
    "SUBMISSION_TAG": "v1",
    "COMMIT_URL": "https://example.org/c",
    "RELEASE_URL": "https://example.org/r",
}


@pytest.fixture
def checkouts(tmp_path: Path) -> tuple[Path, Path]:
    """One answer twice: alone, and among files that would all like to be read."""
    clean, full = tmp_path / "clean/attention", tmp_path / "full/attention"
    for home in (clean, full):
        stage = copy_stage(5, home / "exercises")
        (stage / "scaled_attention.py").write_text(answer_text(5, "scaled_attention", "not_scaled"))
    for name in RUN:
        (full / name).parent.mkdir(parents=True, exist_ok=True)
        (full / name).write_text(SHOUT.format(path=str(tmp_path / "shouted")))
    for name, text in SETTINGS.items():
        (full / name).write_text(text)
    return clean, full


def graded(checkout: Path, *words: str) -> tuple[int, str, list[bytes]]:
    """The exit status, what was printed, and the files for the workflow, of a command run inside the checkout."""
    told = {name: checkout.parent / name for name in ("GITHUB_OUTPUT", "GITHUB_ENV", "GITHUB_STEP_SUMMARY")}
    for path in told.values():
        path.write_bytes(b"")
    done = subprocess.run(
        [str(SCRIPT), *words],
        cwd=checkout,
        env={**os.environ, **CLASSROOM, **{name: str(path) for name, path in told.items()}},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    # The word that ends a part without commands is drawn anew each time.
    said = re.sub(r"\b[0-9a-f]{32}\b", "WORD", done.stdout + done.stderr)
    return done.returncode, said, [path.read_bytes() for path in told.values()]


@pytest.mark.parametrize("command", ["github", "classroom50"])
def test_only_the_exercises_of_a_checkout_count(checkouts: tuple[Path, Path], tmp_path: Path, command: str) -> None:
    clean, full = checkouts
    expected, found = graded(clean, command, "--stage", "5"), graded(full, command, "--stage", "5")
    assert found == expected
    assert expected[0] == 0, expected[1]
    assert not (tmp_path / "shouted").exists()
