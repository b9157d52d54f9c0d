"""A solution is found wherever it hides in a release."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from grader.frontends.release.leaks import leaks

SOLUTION = '''
import numpy as np

def softmax(logits):
    """Rows that sum to one."""
    shifted = logits - logits.max(axis=1, keepdims=True)
    return np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True)
'''
REFORMATTED = """
class Model:
    def forward(self, logits):  # another name, other spacing, no docstring
        shifted = logits-logits.max( axis = 1,
            keepdims=True )
        return np.exp(shifted)/np.exp(shifted).sum(axis=1, keepdims=True)
"""


@pytest.fixture
def solutions(tmp_path: Path) -> Path:
    folder = tmp_path / "solutions"
    (folder / "stage3").mkdir(parents=True)
    (folder / "stage3" / "softmax.py").write_text(SOLUTION)
    return folder


def zipped(path: str, text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(path, text)
    return out.getvalue()


@pytest.mark.parametrize("text", [SOLUTION, REFORMATTED])
def test_a_solution_in_a_file_is_named(solutions: Path, text: str) -> None:
    found = leaks({"exercises/stage3/softmax.py": text.encode()}, solutions)
    assert found == ["exercises/stage3/softmax.py holds softmax of stage3/softmax.py"]


def test_a_solution_in_a_wheel_in_a_zip_is_named(solutions: Path) -> None:
    outer = io.BytesIO()
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("wheels/kit.whl", zipfile_of_solution())
    found = leaks({"autograder.zip": outer.getvalue()}, solutions)
    assert found == ["autograder.zip/wheels/kit.whl/grader/x.py holds softmax of stage3/softmax.py"]


def zipfile_of_solution() -> bytes:
    return zipped("grader/x.py", SOLUTION)


def test_a_stub_is_no_leak(solutions: Path) -> None:
    stub = 'def softmax(logits):\n    """Rows that sum to one."""\n    raise NotImplementedError\n'
    assert leaks({"exercises/stage3/softmax.py": stub.encode()}, solutions) == []
