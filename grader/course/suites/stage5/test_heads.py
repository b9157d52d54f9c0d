"""Heads: cut into n_heads of D // n_heads features each, and joined again with every number in its place."""

import re
from typing import Any

import numpy as np

from grader.course.checks import Answer, CannotJudge, Expected, Rng, blocked, general, mistake, shows, wrong
from grader.course.measure import array, name_of, tolerance
from grader.course.suites.stage5._distinct import distinct
from grader.course.suites.stage5._joins import lost
from grader.student.faults import NotFilledIn, Raised

# (batch, tokens, heads, d_k): all different, more heads than tokens, widths that common constants divide.
SPLITS = ((3, 5, 2, 4), (3, 2, 6, 4), (1, 5, 2, 96), (1, 7, 4, 36), (5, 4, 3, 2), (1, 2, 12, 64))
SMALLEST = (1, 1, 1, 1)
MERGES = ((3, 5, 2, 4), (2, 3, 4, 5), (1, 2, 5, 3))
# More heads and tokens than one, and never as many: a reshape is then another result than a transpose.
TURNS = ((1, 3, 2, 4), (2, 2, 3, 5), (5, 4, 3, 1))
# More than four sequences, and each axis once beyond 16.
LARGE = ((6, 17, 2, 3), (1, 2, 18, 2), (2, 3, 2, 20))
RESHAPE = re.compile(r"cannot reshape array of size \d+ into shape \(([^)]*)\)")
Size = tuple[int, int, int, int]
# A sentence and the numbers in it.
Told = tuple[str, dict[str, Any]]


@shows("5.4", "split_heads")
def test_heads_have_the_number_and_width_asked_for(answer: Answer, rng: Rng) -> None:
    """If n_heads heads share out D features, how many does each get?"""
    told: Told | None = None
    fault = other = problem = None
    for size in SPLITS:
        x = stream(rng, size)
        try:
            seen = wrong_cut(array(answer(x, size[2])), x, size)
            told = told or seen
        except Raised as raised:
            refused = refused_cut(raised, size)
            told = told or refused
            fault, other = (fault or raised, other) if refused else (fault, raised)
        except CannotJudge as found:
            problem = found
    if told:
        mistake(told[0], explains=fault or other or refusal_of_the_smallest(answer, rng), **told[1])
    if problem or other:
        raise problem or other  # type: ignore[misc]


@shows("5.5", "merge_heads")
def test_features_of_all_heads_are_side_by_side(answer: Answer, rng: Rng) -> None:
    """Every head found something else: how does all of it stay in the result?"""
    for size in MERGES:
        heads = separate(rng, size)
        got = answer(heads)
        if not isinstance(got, np.ndarray):
            blocked(f"your result is {name_of(got)}, not a numpy array of numbers")
        result = array(got)
        if told := lost(result, heads, tolerance(got)):
            text = f"For heads of shape {{asked}}, your result of shape {{shape}} {told[0]}."
            mistake(text, asked=heads.shape, shape=got.shape, **told[1])
        require_same_numbers(result, heads, "heads")


@shows("5.13", "split_heads")
def test_split_moves_the_head_axis(answer: Answer, rng: Rng) -> None:
    """A reshape reads the numbers in the order in which they stand: which of them become the first row of head 0?"""
    asked = [(stream(rng, size), size) for size in TURNS]
    seen = [array(answer(x, size[2]), (size[0], size[2], size[1], size[3])) for x, size in asked]
    for (x, size), got in zip(asked, seen, strict=True):
        require_same_numbers(got, x, "x")
        if np.array_equal(got, x.reshape(got.shape)):
            if not all(np.array_equal(g, one.reshape(g.shape)) for (one, _), g in zip(asked, seen, strict=True)):
                blocked("your result is a reshape of x for some shapes and not for others")
            token = int(np.argwhere(x[0] == got[0, 0, 1, 0])[0][0])
            mistake(
                "For x of shape {x_shape} and {n_heads:head}, your result is x reshaped to {shape}, with no axis "
                "moved. Row 1 of head 0, for token 1, begins with feature {feature} of token {token}.",
                x_shape=x.shape,
                n_heads=size[2],
                shape=got.shape,
                feature=int(np.argwhere(x[0] == got[0, 0, 1, 0])[0][1]),
                token=token,
            )


@shows("5.13", "merge_heads")
def test_merge_moves_the_head_axis(answer: Answer, rng: Rng) -> None:
    """A reshape reads the numbers in the order in which they stand: from which tokens does your first row come?"""
    asked = [separate(rng, size) for size in TURNS]
    seen = [array(answer(h), (h.shape[0], h.shape[2], h.shape[1] * h.shape[3])) for h in asked]
    for heads, got in zip(asked, seen, strict=True):
        require_same_numbers(got, heads, "heads")
        if np.array_equal(got, heads.reshape(got.shape)):
            if not all(np.array_equal(g, h.reshape(g.shape)) for h, g in zip(asked, seen, strict=True)):
                blocked("your result is a reshape of the heads for some shapes and not for others")
            tokens = [int(np.argwhere(heads[0] == number)[0][1]) for number in got[0, 0]]
            mistake(
                "For heads of shape {asked}, your result is heads reshaped to {shape}, with no axis moved. Its row 0, "
                "for token 0, holds numbers of the tokens {tokens}.",
                asked=heads.shape,
                shape=got.shape,
                tokens=sorted(set(tokens)),
            )


@general("split_heads")
def test_split_is_right(answer: Answer, rng: Rng, expected: Expected) -> None:
    """Take two tokens of four features and two heads: which features belong to which head?"""
    for size in (SMALLEST, (1, 2, 2, 1), (1, 1, 3, 2), (2, 3, 1, 4), (2, 3, 4, 1), (4, 4, 4, 4), *SPLITS, *LARGE):
        expected.compare(answer, stream(rng, size), size[2])
    expected.compare(answer, stream(rng, (2, 3, 2, 4)).astype(np.float32), 2)
    for width, n_heads in ((6, 4), (5, 2), (3, 6), (64, 7)):
        try:
            got = answer(rng.normal(size=(2, 3, width)), n_heads)
        except (Raised, NotFilledIn):
            continue
        wrong(
            f"{{width:feature}} cannot be split into {{n_heads:head}}: a ValueError is asked for, and your function "
            f"returned {name_of(got)}",
            width=width,
            n_heads=n_heads,
        )
    expected.compare(answer, stream(rng, (1, 2, 2, 2)), 2)


@general("merge_heads")
def test_merge_is_right(answer: Answer, rng: Rng, expected: Expected) -> None:
    """Take one token and two heads of two features: in which order do the four stand?"""
    for size in (SMALLEST, (1, 1, 2, 2), (1, 2, 2, 2), (2, 3, 1, 4), (2, 3, 4, 1), (4, 4, 4, 4), *MERGES, *LARGE):
        expected.compare(answer, separate(rng, size))
    expected.compare(answer, separate(rng, (2, 3, 6, 2)).astype(np.float32))
    expected.compare(answer, separate(rng, (1, 2, 2, 2)))


def stream(rng: Rng, size: Size) -> np.ndarray:
    """[B, T, D] of numbers that are all different."""
    batch, length, heads, width = size
    return distinct(rng, batch * length * heads * width).reshape(batch, length, heads * width)


def separate(rng: Rng, size: Size) -> np.ndarray:
    """[B, H, T, d_k] of numbers that are all different."""
    batch, length, heads, width = size
    return stream(rng, size).reshape(batch, heads, length, width)


def require_same_numbers(got: np.ndarray, given: np.ndarray, name: str) -> None:
    """Block the check unless a result holds the numbers that were given, in any order."""
    if not np.array_equal(np.sort(got.ravel()), np.sort(given.ravel())):
        blocked(f"your result does not hold the same numbers as {name}, so they cannot be followed")


def wrong_cut(got: np.ndarray, x: np.ndarray, size: Size) -> Told | None:
    """How a result shows another number or width of heads than was asked; blocks where it shows neither."""
    batch, length, heads, width = size
    numbers = {"n_heads": heads, "x_shape": x.shape, "shape": got.shape, "width": width, "d_model": x.shape[-1]}
    text = "For {n_heads:head} and x of shape {x_shape}, your result has shape {shape}"
    if got.ndim != 4 or got.shape[0] != batch or not np.isin(got, np.append(x, 0)).all() or not got.any():
        blocked("your result of shape {shape} does not hold the numbers of x, split into heads", shape=got.shape)
    if got.shape[1::2] == (heads, width) and got.shape[2] != length:
        blocked("your heads hold {got:token} where x has {asked}", got=got.shape[2], asked=length)
    if sorted(got.shape[1:]) != sorted((length, heads, width)):
        return f"{text}; {{n_heads:head}} of {{d_model}} // {{n_heads}} = {{width:feature}} are asked for.", numbers
    cut = x.reshape(batch, length, width, heads)
    swapped = (cut, cut.transpose(0, 2, 1, 3), x.reshape(batch, width, length, heads))
    if heads != width and any(np.array_equal(got, one) for one in swapped):
        return f"{text}: {{width:head}} of {{n_heads:feature}}, not {{n_heads}} of {{width}}.", numbers
    require_same_numbers(got, x, "x")
    return None


def refusal_of_the_smallest(answer: Answer, rng: Rng) -> Raised | None:
    """What a fixed number or width of heads raises where there is a single feature."""
    try:
        answer(stream(rng, SMALLEST), 1)
    except Raised as fault:
        return fault
    return None


def refused_cut(fault: Raised, size: Size) -> Told | None:
    """How numpy's refusal to reshape shows a number or width of heads that is not the one asked."""
    found = RESHAPE.search(fault.text)
    if found is None:
        return None
    shape = [int(n) if re.fullmatch(r" *[0-9]{1,9} *", n) else None for n in found.group(1).split(",") if n.strip()]
    rest = list(shape)
    for known in size:
        if known in rest:
            rest.remove(known)
    odd = [n for n in rest if n is not None]
    if len(shape) != 4 or not odd:
        return None
    _, _, heads, width = size
    return (
        f"For {{n_heads:head}} and {{d_model:feature}}, your code reshapes to ({found.group(1)}). Two of these "
        "axes must be the {n_heads:head} and the {d_model} // {n_heads} = {width:feature} of each.",
        {"n_heads": heads, "d_model": heads * width, "width": width, "odd": odd[0]},
    )
