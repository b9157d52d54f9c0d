"""The block: what goes through the norms, and what is added to what."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from grader.course.checks import Answer, Expected, Rng, blocked, general, mistake, shows, wrong
from grader.course.measure import array, by_column, shape_text, tolerance
from grader.course.suites.stage6._probe import Call, Layer, misuse, norm, sublayer

SUBLAYERS = ("attention", "feed_forward")
WIDTH = 16
# More terms cannot be told apart in this width, and more rows than these no block needs for one token.
MAX_TERMS, MAX_ROWS = WIDTH - 4, 1000
Sum = dict[int, float]


@dataclass
class Term:
    """Something the student's block could add: x (term 0), or what a layer made of a sum of earlier terms."""

    name: str
    given: Sum | None
    vector: np.ndarray

    @property
    def is_norm(self) -> bool:
        return self.name.startswith("norm")


def _is_ordinary(vector: np.ndarray) -> bool:
    """Whether numbers can be calculated with: finite, and of no absurd size."""
    return bool((np.abs(vector) < 1e6).all())


class Trace:
    """One token's way through a block: what each layer was given, and what came out, as sums of terms."""

    def __init__(self, x: np.ndarray, log: list[Call], out: np.ndarray, slack: float) -> None:
        self.slack, self.rows = slack, 0
        self.terms = [Term("x", {}, x.ravel())]
        for layer, given, made in log:
            rows = (given.reshape(-1, WIDTH), made.reshape(-1, WIDTH)) if given.size % WIDTH == 0 else ((), ())
            self.rows += len(rows[0])
            if self.is_too_long:
                break
            for before, after in zip(*rows, strict=True):
                is_known = any(np.allclose(after, term.vector, atol=slack) for term in self.terms)
                if not is_known and _is_ordinary(after):
                    self.terms.append(Term(layer.name, self.as_sum(before.astype(np.float64)), after))
        self.result = self.as_sum(out.ravel())
        self.used = self._used()

    @property
    def is_too_long(self) -> bool:
        """Whether more was put through the layers than can be followed."""
        return self.rows > MAX_ROWS or len(self.terms) > MAX_TERMS

    def as_sum(self, vector: np.ndarray) -> Sum | None:
        """How often each term is in a vector, or None where it is no sum of terms."""
        if self.is_too_long or not _is_ordinary(vector):
            return None
        basis = np.stack([term.vector for term in self.terms], axis=1)
        factors = np.linalg.lstsq(basis, vector, rcond=None)[0]
        left = np.abs(basis @ factors - vector).max()
        if left > 3 * self.slack * max(1.0, float(np.abs(vector).max())):
            return None
        return {i: float(f) for i, f in enumerate(factors) if abs(f) > 0.03}

    def _used(self) -> set[int]:
        """The terms that the result was made of, directly or through layers."""
        found: set[int] = set()
        waiting = list(self.result or {})
        while waiting:
            number = waiting.pop()
            if number not in found:
                found.add(number)
                waiting += self.terms[number].given or {}
        return found

    def sums(self) -> list[Sum]:
        """All sums of two or more terms that count for the result."""
        every = [self.result, *(self.terms[n].given for n in self.used)]
        return [terms for terms in every if terms is not None and len(terms) > 1]

    def norm_of(self, terms: Sum | None) -> Term | None:
        """The norm that made this, if it is what a norm made and nothing else."""
        only = self.terms[next(iter(terms))] if terms and len(terms) == 1 else None
        return only if only is not None and only.is_norm else None

    def ways_in(self, term: Term) -> list[Sum]:
        """What a layer was given, and what that was before each of the norms that it went through."""
        ways = [term.given or {}]
        while source := self.norm_of(ways[-1]):
            ways.append(source.given or {})
        return ways


def _traced(answer: Answer, rng: Rng) -> Trace:
    """Follow one token through the student's block, or block the check."""
    log: list[Call] = []
    layers = _layers(rng, log)
    x = rng.normal(size=(1, 1, WIDTH))
    value = answer(x, *layers)
    problem = misuse(*layers)
    if problem:
        blocked(problem)
    out = array(value, x.shape)
    trace = Trace(x, log, out, max(tolerance(v) for v in (value, *(given for _, given, _ in log))))
    if trace.result is None or any(trace.terms[number].given is None for number in trace.used):
        blocked("your block does more than call its layers and add, so this check cannot follow x through it")
    for name in SUBLAYERS:
        if not any(trace.terms[number].name == name for number in trace.used):
            blocked(f"your result does not depend on {name}")
    return trace


def _layers(rng: Rng, log: list[Call] | None = None) -> tuple[Layer, ...]:
    names = (*SUBLAYERS, "norm1", "norm2")
    return tuple((norm if name.startswith("norm") else sublayer)(rng, name, log) for name in names)


@shows("6.1", "transformer_block")
def test_no_norm_is_in_the_way_of_the_residual_stream(answer: Answer, rng: Rng) -> None:
    """If both sublayers returned zeros, what would be left of x after your block?"""
    trace = _traced(answer, rng)
    for number in sorted(trace.used):
        term = trace.terms[number]
        inside = [trace.terms[n].name for n in term.given or {} if trace.terms[n].name in SUBLAYERS]
        if term.is_norm and len(term.given or {}) > 1 and inside and _stays(trace, number):
            what, factor, right = _most_changed(trace, number)
            mistake(
                f"{term.name} is applied to a sum that holds the output of {inside[-1]}, and the norm's result takes "
                f"the place of that sum. So your result holds {{factor}} · {what}, where {{right}} · {what} is right.",
                factor=factor,
                right=right,
            )
    for number in trace.used:
        term = trace.terms[number]
        if term.name in SUBLAYERS and trace.norm_of(term.given) is None:
            blocked(f"{term.name} was not given the output of a norm, so the place of the norm cannot be judged")
    if len(trace.result or {}) < 2:
        blocked("your result is not a sum, so it has no residual stream that a norm could stand in")


def _most_changed(trace: Trace, number: int) -> tuple[str, float, float]:
    """What a norm in the stream does to the result: a term, its factor there, and the factor in a pre-norm block."""
    held = {n: round(factor, 2) for n, factor in (trace.result or {}).items()}
    terms = dict.fromkeys((0, *(trace.terms[number].given or {}), number))
    factors = [(n, held.get(n, 0.0), 0.0 if trace.terms[n].is_norm else 1.0) for n in terms]
    n, factor, right = max(factors, key=lambda f: abs(f[1] - f[2]))
    return _factor_of(trace, n), factor, right


def _factor_of(trace: Trace, number: int) -> str:
    """A term as it stands behind a factor."""
    name = _names(trace, {number: 1.0})
    return f"({name})" if " " in name else name


def _stays(trace: Trace, number: int) -> bool:
    """Whether what this norm made is the stream from there on, and not only a sublayer's input.

    It is not where the sum that the norm was given goes on beside it.
    """
    if number in (trace.result or {}) or any(number in terms for terms in trace.sums()):
        return True
    readers = [t for n, t in enumerate(trace.terms) if n in trace.used and number in (t.given or {})]
    name = trace.terms[number].name
    is_normed_anew = any(reader.is_norm and reader.name != name for reader in readers)
    goes_on = any(set(trace.terms[number].given or {}) < set(terms) for terms in trace.sums())
    return not goes_on and (is_normed_anew or _comes_late(trace, trace.terms[number]))


def _comes_late(trace: Trace, term: Term) -> bool:
    """norm1 after attention instead of before it."""
    inside = [trace.terms[n] for n in term.given or {} if trace.terms[n].name in SUBLAYERS]
    return term.name == "norm1" and all(trace.norm_of(layer.given) is None for layer in inside)


@shows("6.2", "transformer_block")
def test_each_sublayer_is_added_to_what_entered_it(answer: Answer, rng: Rng) -> None:
    """What is the output of each sublayer added to, and what went into that sublayer before its norm?"""
    trace = _traced(answer, rng)
    for number in sorted(trace.used):
        term = trace.terms[number]
        if term.name in SUBLAYERS and not _is_repeated(trace, term) and not _is_added(trace, number):
            entered = trace.ways_in(term)[-1]
            held = {n: round(factor, 2) for n, factor in (trace.result or {}).items()}
            source = min(entered, key=lambda n: held.get(n, 0.0), default=0)
            mistake(
                f"The output of {term.name} is never added to its input ({_names(trace, entered)}). Written as a "
                f"sum, your result has {{made}} · (the output of {term.name}) and {{entered}} · "
                f"{_factor_of(trace, source)}; a pre-norm block has 1 of each.",
                made=held.get(number, 0.0),
                entered=held.get(source, 0.0),
            )


def _is_added(trace: Trace, number: int) -> bool:
    """Whether a sum holds what this sublayer made (perhaps after a norm) and all that entered it."""
    term = trace.terms[number]
    entered = [set(way) for way in trace.ways_in(term)]
    later = {n: trace.terms[n] for n in trace.used if set(trace.terms[n].given or {}) == {number}}
    made = {number} | {n for n, other in later.items() if other.is_norm or other.name == term.name}
    return any(made & set(terms) and any(e <= set(terms) for e in entered) for terms in trace.sums())


def _is_repeated(trace: Trace, term: Term) -> bool:
    """Whether this is a sublayer on its own output: wrong, but the two together may well be added."""
    given = set(term.given or {})
    return len(given) == 1 and trace.terms[given.pop()].name == term.name


def _names(trace: Trace, terms: Sum) -> str:
    return " + ".join("x" if n == 0 else f"the output of {trace.terms[n].name}" for n in terms) or "nothing"


@general("transformer_block")
def test_block_is_right(answer: Answer, rng: Rng, expected: Expected) -> None:
    """Write down, step by step, what each of the four layers is given and what is done with its result."""
    shapes = ((1, 1, 2), (1, 3, 4), (18, 1, 5), (2, 3, 4), (4, 4, 4), (2, 2, 1), (5, 17, 19), (2, 5, 3), (1, 1, 2))
    for number, shape in enumerate(shapes):
        layers = _layers(rng)
        if number == 0:
            layers = tuple(Layer(one.name, np.zeros_like) if one.name in SUBLAYERS else one for one in layers)
        x = rng.normal(scale=shape[1], size=shape)
        x = by_column(x.astype(np.float32) if number == 3 else x)
        value = answer(x, *layers)
        problem = misuse(*layers)
        right = expected(x, *layers)
        if problem:
            wrong(f"For x of shape {shape_text(x)}, {problem}.")
        results = {f"{name}(…)": 0 for name in SUBLAYERS} if number == 0 else {}
        expected.judge(value, right, {"x": x, **results})
