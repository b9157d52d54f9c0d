"""An error names the call that raised, and the one thing to look at; nothing it says is guessed of another call."""

from __future__ import annotations

import time

import pytest

from grader.course.catalogue import Exercise, stages
from grader.course.points import Points
from grader.grading.examine import Settings, examine
from grader.grading.reference import PUBLIC_SEED, Solutions
from grader.results.verdict import Verdict
from grader.student.in_process import InProcessFunctions
from grader.student.loader import Source, StageModules
from tests.conftest import ROOT

reference = Solutions(ROOT / "solutions")


def exercise(name: str) -> Exercise:
    return next(e for level in stages() for e in level.exercises if e.name == name)


def errors(name: str, code: str) -> list[Verdict]:
    asked = exercise(name)
    modules = StageModules({asked.stem: Source(f"{asked.stem}.py", (code.encode(),))})
    functions = InProcessFunctions(modules, watch=False)
    found = examine(asked, functions, Settings(PUBLIC_SEED, Points(), reference), time.monotonic() + 60)
    return [verdict for verdict, _ in found if verdict.status == "error"]


NP = "import numpy as np\n"


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("softmax", "def softmax(logits):\n    return np.exp(logits)", "needs `import numpy as np` at its top"),
        ("softmax", NP + "def softmax(logits):\n    return np.exp(logit)", "Did you mean `logits`?"),
        ("softmax", "def softmax(logits):\n    raise ModuleNotFoundError(\"No module named 'tf'\")", "no `tf`"),
        ("softmax", NP + "def f(x): np.exp(x)\ndef softmax(logits):\n    return f(logits)[0]", "end without `return`?"),
        ("softmax", "def softmax(): return 1", "The checks call softmax(logits)"),
        ("softmax", "def softmax(self, logits): return 1", "The checks call softmax(logits)"),
        (
            "softmax",
            "class S:\n    def run(x): return x\ndef softmax(logits): return S().run(logits)",
            "`S.run` is a method: is `self` missing",
        ),
        (
            "softmax",
            "class S:\n    def run(x, axis=1): return x\ndef softmax(logits): return S().run(logits, 1)",
            "`S.run` is a method: is `self` missing",
        ),
        ("softmax", "def softmax(logits): return [[1]].sum()", "a Python list or tuple, not a numpy array"),
        ("softmax", "def softmax(logits): return logits.append(1)", "numpy has the function np.append"),
        ("softmax", NP + "def softmax(logits): return np.softmaximum(logits)", "Did you mean np.maximum"),
        ("softmax", "def softmax(logits):\n    if logits > 0: return 1", "want one truth value"),
        ("softmax", "def softmax(logits): return logits(0)", "index it with [ ]"),
        ("linear", "def linear(x, weight, bias): return weight @ x", "They must be equal."),
        ("linear", "def linear(x, weight, bias): return x.dot(weight.T)", "must be equal; here they are"),
        ("softmax", NP + "def softmax(logits): return logits + np.ones((2, 91))", "the two shapes from the right"),
        (
            "softmax",
            "def softmax(logits): return logits.transpose(0, 2, 1)",
            "each once; torch's exchanges two. On this line, logits has 2 axes.",
        ),
        ("split_heads", "def split_heads(x, n_heads): return x.reshape(7, 11)", "must multiply to"),
        (
            "update_kv_cache",
            NP + "def update_kv_cache(k_cache, v_cache, k_new, v_new):\n    return k_cache.shape, 1",
            "`k_cache` is None in this call",
        ),
        ("split_heads", "def split_heads(x, n_heads):\n    b, t = x.shape\n    return x", "not equally many"),
        ("softmax", "def softmax(logits): return logits[0, 0, 0]", "The array has 2 axes in this call."),
    ],
)
def test_the_block_says_the_call_and_the_one_thing_to_look_at(name: str, code: str, said: str) -> None:
    told = " | ".join(verdict.message for verdict in errors(name, code))
    assert said in told
    assert "called with" in told or "when loaded" in told


def test_shapes_are_called_shapes() -> None:
    told = errors("split_heads", "def split_heads(x, n_heads): return x + undefined")[0].message
    assert " — called with x of shape [" in told
    assert "], n_heads = " in told


@pytest.mark.parametrize("name", ["softmax", "linear", "scaled_attention", "split_heads", "layer_norm", "mlp_forward"])
def test_the_arguments_are_those_of_the_call_that_raised(name: str) -> None:
    code = f"def {name}(*args, **named):\n    first = args[0]\n    raise ValueError(f'mine is {{list(first.shape)}}')\n"
    for verdict in errors(name, code):
        text, _, called = verdict.message.partition(" — called with ")
        assert text.partition("mine is ")[2] in called, verdict.message


def test_a_long_exception_does_not_hide_the_call() -> None:
    told = errors("softmax", "def softmax(logits): raise ValueError('x' * 5000)")[0].message
    assert "…" in told
    assert "called with logits of shape" in told


def test_an_exception_of_the_students_own_is_left_to_speak_for_itself() -> None:
    told = errors("softmax", "def softmax(logits): raise ValueError('my own words')")[0].message
    assert told.startswith("ValueError: my own words — called with logits")
    assert told.endswith("]")
