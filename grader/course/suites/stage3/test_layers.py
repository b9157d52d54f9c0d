"""Layers: the bias, the first weights, and an activation that lets gradients through."""

import itertools
from typing import Any

import numpy as np

from grader.course.checks import Answer, Expected, Rng, blocked, general, mistake, shows, wrong
from grader.course.measure import array, by_column, close, is_constant, name_of, printable
from grader.course.suites.stage3._depth import (
    STARTS,
    VARIANCES,
    name_scale,
    spread_after_ten_layers,
    spread_after_ten_wide_layers,
)
from grader.course.suites.stage3._leaky import (
    PROBES,
    Probe,
    gradient_and_input,
    name_lost_inputs,
    require_own_numbers,
    require_slope,
    signed,
    turned_round,
)

# Inputs so near 0 that a slope which begins elsewhere shows; no one asks about 0 itself.
NEAR_ZERO = (-0.06, -0.02, -0.008, -0.003, 0.004, 0.01, 0.03, 0.07)

# A shape, and a slope unless it is the default.
CASES: tuple[Any, ...] = (
    ((2,), 0.1),
    ((2,),),
    ((5,), 0.5),
    ((2, 3), 1.0),
    ((2, 3),),
    ((1, 7), 0.2),
    ((3, 4, 2), 0.03),
    ((20,), 0.4),
    ((2, 18), 0.7),
    ((2,), 0.1),
)
WIDE, NARROW = 192, 64
ODD = (97, 151)


@shows("3.3", "linear")
def test_the_bias_is_added_to_each_row(answer: Answer, rng: Rng) -> None:
    """What does your layer return for an input of zeros, and what should it return?"""
    evidence: dict[str, Any] = {}
    for batch, inputs, outputs in ((1, 3, 4), (5, 3, 4), (4, 4, 4)):
        x, weight = rng.normal(size=(batch, inputs)), rng.normal(size=(inputs, outputs))
        bias = rng.uniform(1.0, 3.0, outputs) * rng.choice([-1, 1], outputs)
        returned = answer(x, weight, bias)
        result = array(returned, (batch, outputs), "result")
        if close(returned, x @ weight):
            evidence = {"bias": float(bias[0]), "got": float(result[0, 0]), "right": float((x @ weight + bias)[0, 0])}
        elif not close(returned, x @ weight + bias):
            _require_bias_in_each_row(answer, (x, weight, bias), result)
    if evidence:
        mistake(
            "Output 0 of row 0 is {got}, which is x @ weight and nothing more. "
            "With the bias of {bias} for this output it is {right}.",
            **evidence,
        )


def _require_bias_in_each_row(answer: Answer, args: tuple[np.ndarray, ...], result: np.ndarray) -> None:
    """On a result that is wrong in some other way, the bias must still be what a bias of zeros leaves out."""
    x, weight, bias = args
    without = array(answer(x, weight, 0 * bias), result.shape, "result")
    other = array(answer(2 * x, weight, bias), result.shape, "result")
    if close(other, result) or not close(result - without, np.broadcast_to(bias, result.shape), 10):
        blocked("your result is neither x @ weight + bias nor x @ weight alone, so its bias cannot be judged")


@general("linear")
def test_linear_is_right(answer: Answer, rng: Rng, expected: Expected) -> None:
    """Take a 2 × 2 weight and a bias of your own: which two outputs follow by hand from x = [1, 2]?"""
    sizes = (
        (1, 1, 1),
        (1, 2, 3),
        (4, 3, 2),
        (3, 3, 3),
        (2, 1, 4),
        (32, 5, 6),
        (2, 1, 3),
        (3, 20, 17),
        (1, 2, 3),
    )
    for scale, (batch, inputs, outputs) in zip(itertools.cycle((1, 6)), sizes, strict=False):
        # Small products and a large bias: nothing cancels, so half precision stays within its tolerance.
        x, weight = scale * rng.uniform(-1, 1, (batch, inputs)), rng.uniform(-0.6, 0.6, (inputs, outputs))
        expected.compare(answer, x, weight, scale * rng.uniform(2.0, 4.0, outputs) * rng.choice([-1, 1], outputs))
    single = (3 * rng.normal(size=size) for size in ((3, 4), (4, 2), (2,)))
    expected.compare(answer, *(one.astype(np.float32) for one in single))


@shows("3.6", "init_weights")
def test_activations_keep_their_spread_over_ten_layers(answer: Answer, rng: Rng) -> None:
    """How large are the activations after ten layers? What does one layer do to their variance?"""
    wide, narrow = (WIDE, NARROW), (NARROW, WIDE)
    for activation, fans in {"tanh": (wide, narrow), "relu": (wide, wide, wide, narrow)}.items():
        draws = [_drawn(answer, rng, *fan, activation) for fan in fans]
        ends = [spread_after_ten_layers(rng, [draws[0], draws[-1]], activation)]
        if activation == "relu":
            ends.append(spread_after_ten_wide_layers(rng, draws[:3], activation))
        for end in ends:
            if not 0.1 <= end / STARTS[activation] <= 10:
                name_scale(draws[0], activation, end)


def _drawn(answer: Answer, rng: Rng, fan_in: int, fan_out: int, activation: str) -> np.ndarray:
    """Weights of the student's; blocks the check where they are no draws."""
    generator = np.random.default_rng(int(rng.integers(2**32)))
    weights = array(answer(generator, fan_in, fan_out, activation), (fan_in, fan_out), "weights")
    if is_constant(weights) or (np.ptp(weights, axis=0) == 0).all() or (np.ptp(weights, axis=1) == 0).all():
        blocked("your weights are the same for every unit, so no layer of them can be judged")
    return weights


@general("init_weights")
def test_init_weights_is_right(answer: Answer, rng: Rng, expected: Expected) -> None:
    """For 100 inputs, which variance is asked for before a tanh, and which before a ReLU?"""
    for fan_in, fan_out in ((1, 3), (5, 1), (WIDE, NARROW), ODD):
        for activation in ("tanh", "relu"):
            seed = int(rng.integers(2**32))
            weights = _weights(answer, seed, fan_in, fan_out, activation)
            if fan_in > 5:
                _require_variance(weights, activation)
            if fan_in == WIDE and activation == "tanh":
                _require_own_generator(answer, weights, seed, activation)


def _weights(answer: Answer, seed: int, fan_in: int, fan_out: int, activation: str) -> np.ndarray:
    got = answer(np.random.default_rng(seed), fan_in, fan_out, activation)
    if not isinstance(got, np.ndarray) or got.shape != (fan_in, fan_out):
        wrong(f"your weights are {name_of(got)} where an array of shape [{fan_in}, {fan_out}] is asked for")
    weights: np.ndarray = got.astype(np.float64)
    if not np.isfinite(weights).all():
        wrong("your weights hold NaN or infinities")
    return weights


def _require_variance(weights: np.ndarray, activation: str) -> None:
    """Within 10%, eight times what chance does to 12,000 draws; Glorot's variance will do before a tanh."""
    fan_in, fan_out = weights.shape
    right = [VARIANCES[activation] / fan_in, *([2 / (fan_in + fan_out)] if activation == "tanh" else [])]
    variance = float(weights.var())
    where = f"for {fan_in} inputs, {fan_out} outputs and {activation}"
    if not any(abs(variance / one - 1) < 0.10 for one in right):
        wrong(f"{where} your weights have variance {{variance}}, not {{right}}", variance=variance, right=right[0])
    if abs(weights.mean()) > 6 * np.sqrt(right[0] / weights.size):
        wrong(f"{where} your weights have mean {{mean}}, not 0", mean=float(weights.mean()))
    if min(weights.std(axis=0).min(), weights.std(axis=1).min()) < 0.3 * np.sqrt(variance):
        wrong(f"{where} the weights of some units are nearly all the same")


def _require_own_generator(answer: Answer, weights: np.ndarray, seed: int, activation: str) -> None:
    again = _weights(answer, seed, WIDE, NARROW, activation)
    if not np.array_equal(weights, again):
        wrong("the same generator state gave other weights: draw from the `rng` that is passed")
    if np.array_equal(weights, _weights(answer, seed + 1, WIDE, NARROW, activation)):
        wrong("two generators with different seeds gave the same weights: draw from the `rng` that is passed")


@shows("3.7", "leaky_relu")
def test_negative_inputs_get_through(answer: Answer, rng: Rng) -> None:
    """What is left of a unit whose input is negative for every example?"""
    for shape, slope in PROBES:
        x = printable(signed(rng, shape))
        result = array(answer(x, *slope), shape, "result")
        name_lost_inputs(result, x, "output", slope)
        turned = array(answer(turned_round(x), *slope), shape, "result")
        require_own_numbers(result, turned, x, (x,))


@shows("3.7", "leaky_relu_backward")
def test_negative_inputs_get_a_gradient(answer: Answer, rng: Rng) -> None:
    """How can a unit change whose gradient is 0 for every negative input?"""
    for shape, slope in PROBES:
        grad, x = gradient_and_input(rng, shape)
        result = array(answer(grad, x, *slope), shape, "gradient")
        name_lost_inputs(result, x, "gradient", slope)
        turned = array(answer(turned_round(grad), turned_round(x), *slope), shape, "gradient")
        require_own_numbers(result, turned, x, (grad, x))


@shows("3.13", "leaky_relu")
def test_negative_outputs_grow_with_their_inputs(answer: Answer, rng: Rng) -> None:
    """What should −1 give, and what should −2 give: the same number?"""
    probes = []
    for shape, slope in PROBES:
        x = printable(signed(rng, shape))
        results = [array(answer(one, *slope), shape, "result") for one in (x, 2 * x, turned_round(x))]
        probes.append(Probe(x, x, results[0], results[1], slope))
        if not probes[-1].is_flat:
            require_own_numbers(results[0], results[2], x, (x,))
    require_slope(probes, "Inputs")


@shows("3.13", "leaky_relu_backward")
def test_gradients_of_negative_inputs_grow_with_grad_output(answer: Answer, rng: Rng) -> None:
    """Twice the gradient comes in at a negative input: how much more must go out?"""
    probes = []
    for shape, slope in PROBES:
        grad, x = gradient_and_input(rng, shape)
        calls = ((grad, x), (2 * grad, x), (turned_round(grad), turned_round(x)))
        results = [array(answer(*call, *slope), shape, "gradient") for call in calls]
        probes.append(Probe(x, grad, results[0], results[1], slope))
        if not probes[-1].is_flat:
            require_own_numbers(results[0], results[2], x, (grad, x))
    require_slope(probes, "Gradients")


@general("leaky_relu")
def test_leaky_relu_is_right(answer: Answer, rng: Rng, expected: Expected) -> None:
    """With a slope of 0.1, what becomes of −2 and of 3?"""
    for scale, (shape, *slope) in zip(itertools.cycle((1, 5)), CASES, strict=False):
        expected.compare(answer, scale * signed(rng, shape), *slope)
    for x in (
        np.abs(signed(rng, (4,))),
        -np.abs(signed(rng, (4,))),
        50 * signed(rng, (3, 3)).astype(np.float32),
        signed(rng, (5, 18)).astype(np.float32),
        np.array(NEAR_ZERO[1::4]),
        rng.permutation(NEAR_ZERO),
        by_column(20 * signed(rng, (5, 4))),
    ):
        expected.compare(answer, x, 0.2)


@general("leaky_relu_backward")
def test_leaky_relu_backward_is_right(answer: Answer, rng: Rng, expected: Expected) -> None:
    """With a slope of 0.1 and a gradient of 5 for both, what reaches −2 and what reaches 3?"""
    for scale, (shape, *slope) in zip(itertools.cycle((1, 5)), CASES, strict=False):
        expected.compare(answer, scale * signed(rng, shape), signed(rng, shape), *slope)
    for x in (
        np.abs(signed(rng, (4,))),
        -np.abs(signed(rng, (4,))),
        50 * signed(rng, (2, 2)),
        np.array(NEAR_ZERO[1::4]),
        rng.permutation(NEAR_ZERO),
    ):
        expected.compare(answer, signed(rng, x.shape), x, 0.2)
    # Inputs near 0, for a derivative that is measured: in single precision it is lost beside large ones.
    for shape in ((3, 3), (5, 18)):
        single = (50 * signed(rng, shape), 2e-4 * signed(rng, shape))
        expected.compare(answer, *(one.astype(np.float32) for one in single), 0.2)
