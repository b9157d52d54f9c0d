"""The text of a function is found without running or parsing anything, whatever stands around it."""

from __future__ import annotations

from grader.student.source import MOST_CHARACTERS, MOST_LINES, Excerpt, Source, excerpt

FILE = '''import numpy as np

def before(x):
    return x

@decorated
@twice
def softmax(
    logits,
):
    """Text
    of two lines."""

    # at the margin of the body
# at the margin of the file
    return logits


# about the next one
def after(x):
    return x
'''


def found(text: str, name: str = "softmax") -> Excerpt | None:
    return excerpt(Source("softmax.py", (text.encode("utf-8", "surrogatepass"),)), name)


def test_a_function_begins_with_its_decorators_and_ends_before_what_follows() -> None:
    code = found(FILE)
    assert code is not None
    assert code.first == 6
    assert code.lines[0] == "@decorated"
    assert code.lines[-1] == "    return logits"


def test_a_function_of_a_notebook_is_numbered_within_its_cell() -> None:
    source = Source("stage3.ipynb", (b"x = 1\n", b"\ndef softmax(x):\n    return x\n"), forgiving=True)
    assert excerpt(source, "softmax") == Excerpt("stage3.ipynb[2]", 2, ("def softmax(x):", "    return x"))


def test_what_is_assigned_or_missing_is_no_harm() -> None:
    assert found("softmax = lambda x: x\nother = 1\n") == Excerpt("softmax.py", 1, ("softmax = lambda x: x",))
    assert found("nothing = 1\n") is None
    assert found("") is None


def test_it_is_bounded() -> None:
    code = found("def softmax(x):\n" + f"    {'y' * 10_000}\n" * 10_000)
    assert code is not None
    assert len(code.lines) == MOST_LINES
    assert max(map(len, code.lines)) == MOST_CHARACTERS
