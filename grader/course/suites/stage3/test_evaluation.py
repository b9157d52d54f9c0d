"""An honest measure: the perplexity of tokens that no one trained on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from grader.course.checks import Answer, Expected, Rng, blocked, general, mistake, shows, wrong
from grader.course.measure import name_of, number, tolerance
from grader.course.numbers import count as counted

# Number of tokens and the fraction to train on (none: the default of 0.9); all divide evenly.
SPLITS: tuple[tuple[int, tuple[float, ...]], ...] = (
    (8, (0.5,)),
    (12, (0.75,)),
    (40, (0.25,)),
    (40, (0.5,)),
    (40, ()),
)


@dataclass
class Scoring:
    """One call of `perplexity`: what was scored, how many tokens had been trained on by then, what was returned."""

    tokens: tuple[int, ...]
    after: int
    value: float


@dataclass
class FakeModel:
    """Records what it is trained on and what it is asked to score; every score is a number of its own."""

    trained: list[int] = field(default_factory=list)
    known: set[int] = field(default_factory=set)
    scorings: list[Scoring] = field(default_factory=list)
    misuse: str = ""

    def fit(self, *args: Any) -> None:
        tokens = self._tokens("fit", *args)
        self.trained.extend(tokens)
        self.known.update(tokens)

    def perplexity(self, *args: Any) -> float:
        tokens = self._tokens("perplexity", *args)
        # Not nearly numbers of two decimals, so that rounding shows.
        level = 90.1273 if not self.trained else 7.2741 if self.known.isdisjoint(tokens) else 1.3742
        value = level * (1 + 0.03 * min(len(self.scorings), 50))
        self.scorings.append(Scoring(tokens, len(self.trained), value))
        return value

    def _tokens(self, name: str, *args: Any) -> tuple[int, ...]:
        if len(args) != 1:
            # As any function of one parameter does: the exception is the student's own.
            raise TypeError(f"{name}(tokens) takes 1 argument but {len(args)} were given")
        values = _sequence(args[0])
        if values is None:
            self.misuse = self.misuse or f"{name} was given {name_of(args[0])} where one sequence of tokens belongs"
            return ()
        return tuple(int(value) for value in values)

    def reported(self, returned: Any) -> Scoring | None:
        """The scoring whose value was returned; the last one where two are alike."""
        slack, result = max(3e-4, tolerance(returned) / 10), float(returned)
        return next((s for s in self.scorings[::-1] if abs(s.value - result) <= slack * s.value), None)


def _sequence(value: Any) -> np.ndarray | None:
    """A sequence of numbers as an array [n]; None where it is something else."""
    if isinstance(value, list) and not all(isinstance(item, int | float) for item in value):
        return None
    if not isinstance(value, list | np.ndarray):
        return None
    values = np.asarray(value)
    return values if values.ndim == 1 and values.dtype.kind in "iuf" and np.isfinite(values).all() else None


def _tokens(rng: Rng, count: int) -> np.ndarray:
    """Distinct tokens in no order."""
    tokens: np.ndarray = rng.permutation(np.arange(100, 400))[:count]
    return tokens


@shows("3.9", "held_out_perplexity")
def test_no_scored_token_was_trained_on(answer: Answer, rng: Rng) -> None:
    """What would the number tell you if the model had learned every one of these tokens by heart?"""
    for count, fraction in SPLITS[1:4]:
        model = FakeModel()
        returned = answer(model.fit, model.perplexity, _tokens(rng, count), *fraction)
        result = number(returned, "result")
        if not model.scorings or not model.trained:
            blocked("your function did not call both fit and perplexity, so nothing can be held out")
        told = model.reported(returned)
        is_everywhere = not any(model.known.isdisjoint(scoring.tokens) for scoring in model.scorings)
        for scoring in [told] if told else model.scorings:
            known = [token for token in scoring.tokens if token in model.known]
            if known and (told or is_everywhere):
                mistake(
                    "Of {count} tokens, you gave {scored} to perplexity. {known} of these {were} given to fit as well, "
                    "for example token {token}.",
                    count=count,
                    scored=len(scoring.tokens),
                    known=len(known),
                    were="was" if len(known) == 1 else "were",
                    token=known[0],
                )
        if told is None or not told.tokens:
            given = {"result": result, "given": [scoring.value for scoring in model.scorings[:4]]}
            blocked("you returned {result}; the model gave you these perplexities: {given}", **given)


@general("held_out_perplexity")
def test_held_out_perplexity_is_right(answer: Answer, rng: Rng, expected: Expected) -> None:
    """Of eight tokens and a fraction of one half: which are trained on, which are scored, in which order?"""
    for count, fraction in (*SPLITS, SPLITS[0]):
        model, tokens = FakeModel(), _tokens(rng, count)
        returned = answer(model.fit, model.perplexity, tokens, *fraction)
        result = returned.item() if isinstance(returned, np.ndarray) and returned.ndim == 0 else returned
        if isinstance(result, bool) or not isinstance(result, int | float):
            wrong(f"your function returned {name_of(result)} where a number is asked for")
        if model.misuse:
            wrong(model.misuse)
        _require_split(model, returned, tokens.tolist(), fraction[0] if fraction else 0.9)


def _require_split(model: FakeModel, returned: Any, tokens: list[int], fraction: float) -> None:
    """The first part was trained on, then the last part scored, and that score returned; a cut may be one off."""
    cut, case = round(len(tokens) * fraction), f"for {len(tokens)} tokens and train_fraction {fraction:g}"
    told = model.reported(returned)
    if told is None and not model.scorings:
        wrong(f"{case} you returned {{result}} and never called perplexity", result=float(returned))
    if told is None:
        given = {"result": float(returned), "given": [scoring.value for scoring in model.scorings[:4]]}
        wrong(f"{case} you returned {{result}}; the model gave you these perplexities: {{given}}", **given)
    trained = model.trained[: told.after]
    if not trained:
        wrong(f"{case} the perplexity that you returned was taken before fit was called")
    starts = [set(tokens[: cut + off]) for off in (-1, 0, 1)]
    if model.known not in starts or set(trained) not in starts:
        wrong(f"{case}, fit got {_part(trained, tokens)}, not the first {cut}")
    if told.tokens not in [tuple(tokens[cut + off :]) for off in (-1, 0, 1)]:
        wrong(f"{case} perplexity got {_part(told.tokens, tokens)}, not the last {len(tokens) - cut}")
    if not model.known.isdisjoint(told.tokens):
        wrong(f"{case} some of the tokens that perplexity got were given to fit as well")


def _part(some: Sequence[int], tokens: list[int]) -> str:
    """Tokens by their places, for a sentence."""
    places = [tokens.index(token) for token in dict.fromkeys(some) if token in tokens]
    what = counted(len(some), "token" if places else "other token")
    return f"{what} from places {min(places)} to {max(places)}" if places else what
