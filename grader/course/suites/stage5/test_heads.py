"""Heads: cut into n_heads of D // n_heads features each, and joined again with every number in its place."""

import re
from collections.abc import Iterator

import numpy as np

from grader.course.checks import Answer, CannotJudge, Expected, Rng, blocked, general, mistake, shows, wrong
from grader.course.measure import array, name_of, shape_text
from grader.student.faults import NotFilledIn, Raised

# (batch, tokens, heads, d_k): all different, more heads than tokens, widths that common constants divide.
SPLITS = ((3, 5, 2, 4), (3, 2, 6, 4), (1, 5, 2, 96), (1, 7, 4, 36), (5, 4, 3, 2), (1, 2, 12, 64))
SMALLEST = (1, 1, 1, 1)
MERGES = ((3, 5, 2, 4), (2, 3, 4, 5), (1, 2, 5, 3))
RESHAPE = re.compile(r"cannot reshape array of size \d+ into shape \(([^)]*)\)")
Size = tuple[int, int, int, int]


@shows("5.4", "split_heads")
def test_heads_have_the_number_and_width_asked_for(answer: Answer, rng: Rng) -> None:
    """If n_heads heads share out D features, how many does each get?"""
    evidence, fault, other, problem = "", None, None, None
    for size in SPLITS:
        x = stream(rng, size)
        try:
            got = answer(x, size[2])
            evidence = evidence or wrong_cut(array(got), x, size)
        except Raised as raised:
            told = refused_cut(raised, size)
            fault, evidence = (fault or raised, evidence or told) if told else (fault, evidence)
            other = raised if not told else other
        except CannotJudge as found:
            problem = found
    if evidence:
        mistake(evidence, explains=fault or other or refusal_of_the_smallest(answer, rng))
    if problem or other:
        raise problem or other  # type: ignore[misc]


@shows("5.5", "merge_heads")
def test_features_of_all_heads_are_side_by_side(answer: Answer, rng: Rng) -> None:
    """Every head found something else: how does all of it stay in the result?"""
    for size in MERGES:
        heads = separate(rng, size)
        got = answer(heads)
        if not isinstance(got, np.ndarray):
            blocked(f"your result is {name_of(got)} and no numpy array of numbers")
        result = array(got)
        if how := lost(result, heads):
            mistake(f"For heads of shape {shape_text(heads)}, your result of shape {shape_text(got)} {how}.")
        if not np.array_equal(np.sort(result.ravel()), np.sort(heads.ravel())):
            blocked("your result holds other numbers than the heads, so it cannot be seen what became of them")


@general("split_heads")
def test_split_is_right(answer: Answer, rng: Rng, expected: Expected) -> None:
    """Take two tokens of four features and two heads: which features belong to which head?"""
    for size in (SMALLEST, (1, 2, 2, 1), (1, 1, 3, 2), (2, 3, 1, 4), (2, 3, 4, 1), (4, 4, 4, 4), *SPLITS):
        expected.compare(answer, stream(rng, size), size[2])
    expected.compare(answer, stream(rng, (2, 3, 2, 4)).astype(np.float32), 2)
    for width, n_heads in ((6, 4), (5, 2), (3, 6), (64, 7)):
        try:
            got = answer(rng.normal(size=(2, 3, width)), n_heads)
        except (Raised, NotFilledIn):
            continue
        wrong(f"{width} features cannot be cut into {n_heads} heads, but your function returned {name_of(got)}")
    expected.compare(answer, stream(rng, (1, 2, 2, 2)), 2)


@general("merge_heads")
def test_merge_is_right(answer: Answer, rng: Rng, expected: Expected) -> None:
    """Take one token and two heads of two features: in which order do the four stand?"""
    for size in (SMALLEST, (1, 1, 2, 2), (1, 2, 2, 2), (2, 3, 1, 4), (2, 3, 4, 1), (4, 4, 4, 4), *MERGES):
        expected.compare(answer, separate(rng, size))
    expected.compare(answer, separate(rng, (2, 3, 6, 2)).astype(np.float32))
    expected.compare(answer, separate(rng, (1, 2, 2, 2)))


def stream(rng: Rng, size: Size) -> np.ndarray:
    """[B, T, D] of whole numbers, each once."""
    batch, length, heads, width = size
    count = batch * length * heads * width
    return rng.permutation(np.arange(1.0, count + 1)).reshape(batch, length, heads * width)


def separate(rng: Rng, size: Size) -> np.ndarray:
    """[B, H, T, d_k] of whole numbers, each once."""
    batch, length, heads, width = size
    return stream(rng, size).reshape(batch, heads, length, width)


def wrong_cut(got: np.ndarray, x: np.ndarray, size: Size) -> str:
    """How a result shows another number or width of heads than was asked; blocks where it shows neither."""
    batch, length, heads, width = size
    asked = f"For {heads} heads of x {list(x.shape)}, your result has shape {list(got.shape)}"
    if got.ndim != 4 or got.shape[0] != batch or not np.isin(got, np.append(x, 0)).all() or not got.any():
        blocked(f"your result of shape {list(got.shape)} is no cut of x into heads")
    if got.shape[1::2] == (heads, width) and got.shape[2] != length:
        blocked(f"your heads hold {got.shape[2]} tokens where x has {length}")
    rest = sorted(got.shape[1:])
    if rest == sorted((length, heads, width)):
        swapped = x.reshape(batch, length, width, heads)
        if heads != width and any(np.array_equal(got, turned) for turned in (swapped, swapped.transpose(0, 2, 1, 3))):
            return f"{asked}: {width} heads of {heads} features, not {heads} of {width}."
        if not np.array_equal(np.sort(got.ravel()), np.sort(x.ravel())):
            blocked("your result holds other numbers than x, so its heads cannot be told")
        return ""
    return f"{asked}; {heads} heads of {x.shape[-1]} // {heads} = {width} features are asked."


def refusal_of_the_smallest(answer: Answer, rng: Rng) -> Raised | None:
    """What a fixed number or width of heads raises where there is a single feature."""
    try:
        answer(stream(rng, SMALLEST), 1)
    except Raised as fault:
        return fault
    return None


def refused_cut(fault: Raised, size: Size) -> str:
    """How numpy's refusal to reshape shows a number or width of heads that is not the one asked."""
    batch, length, heads, width = size
    found = RESHAPE.search(fault.text)
    if found is None:
        return ""
    shape = [int(n) if n.strip().isdigit() else None for n in found.group(1).split(",") if n.strip()]
    rest = list(shape)
    for known in (batch, length, heads, width):
        if known in rest:
            rest.remove(known)
    odd = [n for n in rest if n is not None]
    if len(shape) != 4 or not odd:
        return ""
    return (
        f"With {heads * width} features and {heads} heads your code asks for shape ({found.group(1)}), where each head "
        f"has {heads * width} // {heads} = {width} features: {odd[0]} fits no axis."
    )


def lost(got: np.ndarray, heads: np.ndarray) -> str:
    """How a result shows that heads were mixed into one, dropped or left apart; "" where it does not."""
    count, width = heads.shape[1], heads.shape[3]
    numbers = np.sort(heads.ravel())
    if got.size == heads.size and np.array_equal(np.sort(got.ravel()), numbers):
        apart = got.shape[-1] == width or (got.ndim > 3 and count * width not in got.shape)
        return f"still has each head by itself, {width} features wide" if apart else ""
    for name, mixed in mixtures(heads):
        for value in (mixed, np.tile(mixed, count), np.repeat(mixed, count, axis=-1), padded(mixed, count)):
            if got.shape == value.shape and np.allclose(got, value, rtol=2e-3):
                return f"is the {name} of the {count} heads"
    if got.size and np.isin(got, np.append(numbers, 0)).all() and got.any():
        missing = [h for h in range(count) if not np.isin(heads[:, h], got).all()]
        if 0 < len(missing) < count:
            return f"lacks numbers of head {', '.join(map(str, missing))}"
    return ""


def mixtures(heads: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    """All heads made into one."""
    yield "sum", heads.sum(axis=1)
    yield "mean", heads.mean(axis=1)
    yield "sum, divided by the root of their number,", heads.sum(axis=1) / np.sqrt(heads.shape[1])
    yield "largest", heads.max(axis=1)
    yield "smallest", heads.min(axis=1)
    yield "product", heads.prod(axis=1)


def padded(mixed: np.ndarray, count: int) -> np.ndarray:
    """One head's features, and zeros in the places of the others."""
    return np.concatenate([mixed, np.zeros((*mixed.shape[:-1], mixed.shape[-1] * (count - 1)))], axis=-1)
