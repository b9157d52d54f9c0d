"""What the checks of the leaky ReLU and of its gradient share: inputs of both signs, and what negative ones give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from grader.course.checks import Rng, blocked, mistake
from grader.course.measure import close, is_constant, printable

NOTHING = 1e-6
DEFAULT_SLOPE = 0.01

# A shape, and a slope unless it is the default.
PROBES: tuple[tuple[tuple[int, ...], tuple[float, ...]], ...] = (((12,), (0.3,)), ((4, 5), (0.05,)), ((3, 4), ()))


@dataclass(frozen=True)
class Probe:
    """One call at x with `given` (x again, or grad_output), and the result for twice what was given."""

    x: np.ndarray
    given: np.ndarray
    result: np.ndarray
    doubled: np.ndarray
    slope: tuple[float, ...]

    @property
    def is_flat(self) -> bool:
        """Whether all negative inputs got one number, and the same when twice as much was given."""
        below = np.concatenate([self.result[self.x < 0], self.doubled[self.x < 0]])
        return bool(np.ptp(below) <= NOTHING)

    @property
    def level(self) -> float:
        """The number that negative inputs got."""
        return float(self.result[self.x < 0][0])


def signed(rng: Rng, shape: tuple[int, ...]) -> np.ndarray:
    """Numbers of both signs, small and large ones of each, none near 0 and no two alike."""
    count = int(np.prod(shape))
    numbers = np.linspace(0.32, 2.95, count) * np.where(np.arange(count) % 2, 1, -1)
    result: np.ndarray = rng.permutation(numbers).reshape(shape)
    return result


def gradient_and_input(rng: Rng, shape: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Numbers of both signs; some positive input has a small gradient, which whole numbers would lose."""
    x, grad = signed(rng, shape), signed(rng, shape)
    while np.abs(grad[x > 0]).min() > 0.9:
        grad = signed(rng, shape)
    return printable(grad), printable(x)


def turned_round(values: np.ndarray) -> np.ndarray:
    """The same numbers, last one first, in the same shape."""
    return values.ravel()[::-1].reshape(values.shape).copy()


def name_lost_inputs(result: np.ndarray, x: np.ndarray, what: str, slope: tuple[float, ...]) -> None:
    """Name 3.7 where negative inputs get 0 and positive ones do not."""
    lost = np.abs(result) <= NOTHING
    if lost[x > 0].any():
        blocked(f"your {what} is 0 for positive inputs too, so it shows nothing of the negative ones")
    if lost[x < 0].any():
        with_slope = "With a slope of {slope}" if slope else "Without a slope given"
        mistake(
            f"{with_slope}, your {what} is 0 at {{count}} of {{negative:negative input}}, for example at x = {{x}}. "
            "At positive inputs it is not 0.",
            slope=slope[0] if slope else DEFAULT_SLOPE,
            count=int(lost[x < 0].sum()),
            negative=int((x < 0).sum()),
            x=float(x[lost][0]),
        )


def require_own_numbers(result: np.ndarray, turned: np.ndarray, x: np.ndarray, inputs: tuple[np.ndarray, ...]) -> None:
    """Each number must follow its own input, and negative ones must have gone through the function at all."""
    if not close(turned_round(turned), result, 100) or np.ptp(result[x < 0]) < NOTHING:
        blocked("your numbers for negative inputs do not follow those inputs")
    if any(close(result, one) for one in inputs):
        blocked("your result is the input itself")


def require_slope(probes: Sequence[Probe], given: str) -> None:
    """Name 3.13 where negative inputs get one number other than 0, whatever is given, with every slope."""
    if any(probe.is_flat for probe in probes):
        _name_flat(probes, given)
    for probe in probes:
        below = probe.x < 0
        if not close(probe.doubled[below], 2 * probe.result[below], 100):
            blocked(f"when {given.lower()} double, your result at negative inputs does not double")


def _name_flat(probes: Sequence[Probe], given: str) -> None:
    flat = next((one for one in probes if one.is_flat and abs(one.level) > NOTHING), None)
    if flat is None:
        blocked("your result is 0 for every negative input, so no slope is seen there")
    if is_constant(flat.result):
        blocked("all your numbers are the same, whatever the inputs are")
    if not all(one.is_flat for one in probes):
        blocked("your result is the same for all negative inputs with one slope, and follows them with another")
    slope = flat.slope[0] if flat.slope else DEFAULT_SLOPE
    one, other = (float(g) for g in np.sort(flat.given[flat.x < 0])[[0, -1]])
    where = " at negative inputs" if given == "Gradients" else ""
    mistake(
        f"{given} of {{one}} and {{other}}{where} both give {{level}}. "
        "With a slope of {slope} they should give {first} and {second}.",
        one=one,
        other=other,
        level=flat.level,
        slope=slope,
        first=slope * one,
        second=slope * other,
    )
