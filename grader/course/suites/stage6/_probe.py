"""What stage 6 measures with: layers that keep a record, and which draws follow the generator."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from grader.course.checks import Answer, Rng, blocked
from grader.course.measure import close, name_of

MAX_CALLS = 1000
Call = tuple["Layer", np.ndarray, np.ndarray]


@dataclass
class Layer:
    """A layer [..., D] -> [..., D] to hand to a student's function, which works on every position by itself.

    It takes arrays of any shape, so that a slice gives a slice of the result, and it never raises: what it
    cannot work on gives NaN and is kept in `misuse`. All layers of a test may write into one `log`.
    """

    name: str
    function: Callable[[np.ndarray], np.ndarray]
    log: list[Call] = field(default_factory=list)
    misuse: str = ""

    def __call__(self, *args: Any) -> Any:
        if len(args) != 1 or not isinstance(args[0], np.ndarray):
            things = ", ".join(name_of(arg) for arg in args) or "nothing"
            self.misuse = f"you call {self.name} with {things}, and it takes one array"
            return float("nan")
        given = np.atleast_1d(args[0]).astype(np.float64)
        with np.errstate(all="ignore"):
            made = self.function(given).reshape(args[0].shape) if given.size else given
        if len(self.log) < MAX_CALLS:
            self.log.append((self, args[0], made))
        return made


def sublayer(rng: Rng, name: str, log: list[Call] | None = None) -> Layer:
    """A layer that does what no sum or product of its input does."""
    phase, slope = rng.uniform(0, 6), rng.uniform(0.8, 1.2)

    def function(z: np.ndarray) -> np.ndarray:
        shift = np.sin(phase + 2.4 * np.arange(z.shape[-1]))
        return np.asarray(1.6 * np.tanh(slope * np.roll(z, 1, axis=-1) - 0.5 * z + shift))

    return Layer(name, function, [] if log is None else log)


def norm(rng: Rng, name: str, log: list[Call] | None = None) -> Layer:
    """A layer norm with a gain and a shift for every feature: scaling its input changes nothing."""
    phase = rng.uniform(0, 6)

    def function(z: np.ndarray) -> np.ndarray:
        features = phase + 1.9 * np.arange(z.shape[-1])
        centred = z - z.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True))
        normed = centred / np.where(spread > 0, spread, 1.0)
        return np.asarray(normed * (1 + 0.5 * np.sin(features)) + 0.6 * np.cos(2.3 * features))

    return Layer(name, function, [] if log is None else log)


def misuse(*layers: Layer) -> str:
    """What a student's function did to a layer that no layer can take, if it did."""
    return next((layer.misuse for layer in layers if layer.misuse), "")


def three_draws(answer: Answer, rng: Rng, *sizes: int) -> tuple[Any, Any, Any]:
    """What a random function makes of one seed, of the same seed again, and of another."""
    seed, other = (int(n) for n in rng.choice(2**31, size=2, replace=False))
    first, again, differently = (answer(np.random.default_rng(s), *sizes) for s in (seed, seed, other))
    return first, again, differently


def rng_problem(name: str, draws: tuple[Any, Any, Any]) -> str:
    """Why an array under `name` in three_draws' dicts does not follow the generator, or ""."""
    first, again, other = (draw.get(name) if isinstance(draw, dict) else None for draw in draws)
    if not (isinstance(first, np.ndarray) and isinstance(again, np.ndarray) and isinstance(other, np.ndarray)):
        return f'"{name}" is missing from your result, or it is not a numpy array'
    if not close(again, first):
        return f'the same seed gave two different "{name}": draw all numbers from rng'
    if close(other, first):
        return f'two different seeds gave the same "{name}": draw its numbers from rng'
    return ""


def require_draws(draws: tuple[Any, Any, Any], *names: str) -> None:
    """Block a check of a random function whose arrays do not follow the generator."""
    for name in names:
        problem = rng_problem(name, draws)
        if problem:
            blocked(problem)
