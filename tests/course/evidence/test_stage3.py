"""Every number of stage 3's evidence, computed anew from what was asked and what the wrong answer returned."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tests.course.evidence.recorded import Recorded, record


def softmax(scores: np.ndarray) -> np.ndarray:
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(exps / exps.sum(axis=-1, keepdims=True))


def mean_loss(logits: np.ndarray, targets: np.ndarray) -> float:
    tops = logits.max(axis=1)
    normalizers = tops + np.log(np.exp(logits - tops[:, None]).sum(axis=1))
    return float((normalizers - logits[np.arange(len(targets)), targets]).mean())


def mlp(ids: np.ndarray, table: np.ndarray, *layers: np.ndarray, biased: tuple[float, float] = (1.0, 1.0)) -> Any:
    """The logits [B, V]; `biased` leaves out b1 or b2 where it is 0."""
    w1, b1, w2, b2 = layers
    hidden = np.tanh(table[ids].reshape(len(ids), -1) @ w1 + biased[0] * b1)
    return hidden @ w2 + biased[1] * b2


def column_sums(run: Recorded) -> None:
    (logits,), probs = run.calls[0]
    assert run.numbers["shape"] == list(logits.shape)
    assert np.allclose(probs.sum(axis=0), 1)
    assert np.isclose(run.numbers["total"], probs[run.numbers["row"]].sum())
    assert abs(run.numbers["total"] - 1) == pytest.approx(np.abs(probs.sum(axis=1) - 1).max())


def whole_sum(run: Recorded) -> None:
    _, probs = run.calls[0]
    assert np.isclose(probs.sum(), 1)
    assert run.numbers["size"] == probs.size
    assert np.isclose(run.numbers["total"], probs[run.numbers["row"]].sum())


def steep_row(run: Recorded) -> None:
    """All calls but the last came out right, and a row of the last one is no distribution."""
    *before, ((scores,), probs) = run.calls
    for (asked,), told in before:
        assert np.allclose(told, softmax(asked))
    row = next(n for n, one in enumerate(scores.tolist()) if one == run.numbers["scores"])
    assert [str(one) for one in probs[row].tolist()] == [str(one) for one in run.numbers["probs"]]
    assert not np.isclose(probs[row].sum(), 1)
    assert run.numbers.get("largest", scores.max()) == scores.max()


def steep_exception(run: Recorded) -> None:
    for (asked,), told in run.calls:
        assert np.abs(asked).max() <= 30
        assert np.allclose(told, softmax(asked))
    assert "OverflowError" in run.numbers["fault"]
    assert run.numbers["logits"] == [[10000.0, -10000.0, 0.0]]


def lost_gradients(run: Recorded) -> None:
    (grads, ids, _), result = run.calls[-1]
    token = run.numbers["token"]
    pieces = grads[ids == token][:, 0]
    assert run.numbers["places"] == (ids == token).sum() == len(pieces)
    assert np.allclose(run.numbers["gradients"], pieces)
    assert np.isclose(run.numbers["total"], pieces.sum())
    assert np.isclose(run.numbers["got"], result[token, 0])
    once = next(t for t in np.unique(ids) if (ids == t).sum() == 1)
    assert np.allclose(result[once], run.numbers["scale"] * grads[ids == once][0])
    assert run.numbers["kept"] == 1
    assert np.isclose(run.numbers["scale"] * pieces, result[token, 0]).any()
    assert ("times" in run.text) == (not np.isclose(run.numbers["scale"], 1))


def context_of(args: tuple[Any, ...]) -> np.ndarray:
    return next(arg for arg in args if isinstance(arg, np.ndarray) and arg.dtype.kind == "i")


def unflattened_shape(run: Recorded) -> None:
    args, result = next(call for call in run.calls if list(context_of(call[0]).shape) == run.numbers["shape"])
    table, ids = args
    assert f"an array of shape {list(result.shape)}" in run.text
    assert f"and [1, {ids.shape[1] * table.shape[1]}] is asked" in run.text
    assert all(np.array_equal(told, args[0][args[1]][:, 0]) for args, told in run.calls if args[1].shape[1] == 1)


def unflattened_numbers(run: Recorded) -> None:
    args, result = next(call for call in run.calls if list(context_of(call[0]).shape) == run.numbers["shape"])
    column = run.numbers["column"]
    assert np.isclose(run.numbers["got"], result.ravel()[column])
    assert np.isclose(run.numbers["want"], mlp(*args)[0, column])
    assert abs(run.numbers["got"] - run.numbers["want"]) == pytest.approx(np.abs(result - mlp(*args)).max())


def lost_batch_axis(run: Recorded) -> None:
    size = run.numbers["size"]
    results = {len(ids): result for (_, ids), result in run.calls if ids.shape[1] == 3}
    assert f"a batch of {size} it is an array of shape {list(results[size].shape)}, and [{size}, 12]" in run.text
    right = sorted(n for n, result in results.items() if result.shape == (n, 12))
    assert run.text.startswith(
        f"For batches of {', '.join(map(str, right[:-1]))} and {right[-1]} your result is right."
    )


def first_context_for_all(run: Recorded) -> None:
    size, row, column = (run.numbers[name] for name in ("size", "row", "column"))
    call = next(call for call in run.calls if len(context_of(call[0])) == size)
    right = mlp(*call[0])
    assert np.isclose(run.numbers["got"], call[1][row, column])
    assert np.isclose(run.numbers["want"], right[row, column])
    for args, told in run.calls:
        if len(context_of(args)) == 1 and context_of(args).shape[1] == 3:
            assert np.allclose(told, mlp(*args))


def unscaled_column(run: Recorded) -> None:
    (table,), result = run.calls[0]
    column = run.numbers["column"]
    assert run.numbers["rows"] == len(table)
    assert np.isclose(run.numbers["mean"], result[:, column].mean())
    assert np.isclose(run.numbers["std"], result[:, column].std())
    assert np.isclose(run.numbers["before"], table[:, column].mean())
    assert np.isclose(run.numbers["spread"], table[:, column].std())


def linear_without_bias(run: Recorded) -> None:
    (x, weight, bias), result = run.calls[-1]
    assert np.allclose(result, x @ weight)
    assert np.isclose(run.numbers["got"], result[0, 0])
    assert np.isclose(run.numbers["bias"], bias[0])
    assert np.isclose(run.numbers["right"], (x @ weight + bias)[0, 0])


def logits_without_b1(run: Recorded) -> None:
    args, result = run.calls[0]
    assert np.allclose(result, mlp(*args, biased=(0.0, 1.0)))
    assert "without b1:" in run.text
    row, word = run.numbers["row"], run.numbers["word"]
    assert run.numbers["shape"] == list(args[0].shape)
    assert np.isclose(run.numbers["got"], result[row, word])
    assert np.isclose(run.numbers["right"], mlp(*args)[row, word])


def dying_activations(run: Recorded) -> None:
    """An independent stack of ten layers of the same weights comes to about the same."""
    (_, fan_in, fan_out, activation), weights = run.calls[0]
    assert (run.numbers["fan_in"], run.numbers["fan_out"]) == (fan_in, fan_out)
    assert np.isclose(run.numbers["found"], weights.std())
    assert np.isclose(run.numbers["right"] ** 2 * fan_in, 1.0)
    assert f"ten {activation} layers" in run.text
    narrow = next(told for args, told in run.calls if args[1:] == (fan_out, fan_in, activation))
    rng = np.random.default_rng(1)
    x = run.numbers["start"] * rng.standard_normal((50, fan_in))
    for layer in range(10):
        x = np.tanh(x @ rng.permutation((weights, narrow)[layer % 2]))
    assert np.isclose(np.log(run.numbers["end"]), np.log(x.std()), atol=0.5)


def silent_inputs(run: Recorded) -> None:
    args, result = run.calls[0]
    x, slope = args[-2:]
    assert run.numbers["slope"] == slope
    assert run.numbers["count"] == ((result == 0) & (x < 0)).sum()
    assert run.numbers["negative"] == (x < 0).sum()
    assert result[np.isclose(x, run.numbers["x"])] == 0
    assert (result[x > 0] != 0).all()


def flat_results(run: Recorded) -> None:
    args, result = run.calls[0]
    given, x, slope = args[0], args[-2], args[-1]
    assert run.numbers["slope"] == slope
    assert np.allclose(result[x < 0], run.numbers["level"])
    for value, right in (("one", "first"), ("other", "second")):
        assert np.isclose(run.numbers[value], given[x < 0]).any()
        assert np.isclose(run.numbers[right], slope * run.numbers[value])


def infinite_loss(run: Recorded) -> None:
    (logits, _), loss = run.calls[-1]
    assert str(float(loss)) == run.numbers["loss"]
    assert run.numbers["logits"] == logits.tolist()
    assert np.isfinite(logits).all()
    assert "the target scores 1,000 below the best word" in run.text
    assert logits[0].tolist() == [0, 1000, 3]


def loss_raises(run: Recorded) -> None:
    """The call that raised is not among those that returned; calm scores of its shape came back after it."""
    assert "ValueError: math domain error" in run.text
    assert np.allclose(np.array(run.numbers["logits"]) / 5000, run.asked(-1)[0])


def unaveraged(factor: Callable[[int, int], float], said: str) -> Callable[[Recorded], None]:
    def recompute(run: Recorded) -> None:
        for rows, words, loss, right in (("rows", "words", "loss", "right"), ("more", "longer", "another", "other")):
            shape = (run.numbers[rows], run.numbers[words])
            args, told = next(call for call in run.calls if call[0][0].shape == shape)
            assert np.isclose(run.numbers[loss], told)
            assert np.isclose(run.numbers[right], mean_loss(*args))
            assert np.isclose(told, factor(*shape) * mean_loss(*args))
        assert run.text.endswith(said)

    return recompute


def trained_on_the_test(run: Recorded) -> None:
    model, count = run.asked(-1)[0].__self__, len(run.asked(-1)[2])
    fitted = set(model.trained)
    scored = model.scorings[-1].tokens
    assert run.numbers["count"] == count
    assert run.numbers["scored"] == len(scored)
    assert run.numbers["known"] == sum(token in fitted for token in scored)
    assert run.numbers["token"] in fitted & set(scored)


CASES: list[tuple[str, str, str, Callable[[Recorded], None]]] = [
    ("softmax/divides_by_column_sums", "softmax", "3.1", column_sums),
    ("softmax/forgets_the_axis", "softmax", "3.1", whole_sum),
    ("embedding/assigns_by_index", "embedding_backward", "3.2", lost_gradients),
    ("embedding/overwrites_and_averages_over_the_batch", "embedding_backward", "3.2", lost_gradients),
    ("layers/leaves_the_bias_out", "linear", "3.3", linear_without_bias),
    ("model/no_hidden_bias", "mlp_forward", "3.3", logits_without_b1),
    ("embedding/averages_the_words", "embed_context", "3.4", unflattened_shape),
    ("model/one_word_is_enough", "mlp_forward", "3.4", unflattened_numbers),
    ("model/log_of_a_rounded_probability", "cross_entropy", "3.5", infinite_loss),
    ("model/math_log_refuses_zero", "cross_entropy", "3.5", loss_raises),
    ("layers/unit_spread", "init_weights", "3.6", dying_activations),
    ("layers/tiny_fixed_spread", "init_weights", "3.6", dying_activations),
    ("layers/relu_by_maximum", "leaky_relu", "3.7", silent_inputs),
    ("layers/relu_gradient", "leaky_relu_backward", "3.7", silent_inputs),
    ("embedding/one_mean_for_the_whole_table", "normalize_embeddings", "3.8", unscaled_column),
    ("evaluation/trains_on_everything", "held_out_perplexity", "3.9", trained_on_the_test),
    ("evaluation/parts_that_overlap", "held_out_perplexity", "3.9", trained_on_the_test),
    ("embedding/squeezes_the_result", "embed_context", "3.10", lost_batch_axis),
    ("model/first_context_for_all", "mlp_forward", "3.10", first_context_for_all),
    ("softmax/overflows", "softmax", "3.11", steep_row),
    ("softmax/shifts_by_the_largest_of_all", "softmax", "3.11", steep_row),
    ("softmax/exponentials_of_pythons_math", "softmax", "3.11", steep_exception),
    (
        "model/loss_sum",
        "cross_entropy",
        "3.12",
        unaveraged(lambda rows, words: rows, "sum over the rows, not their mean."),
    ),
    (
        "model/loss_mean_over_the_vocabulary_too",
        "cross_entropy",
        "3.12",
        unaveraged(lambda rows, words: 1 / words, "divided by the number of words too."),
    ),
    (
        "model/loss_divided_by_the_number_of_words",
        "cross_entropy",
        "3.12",
        unaveraged(lambda rows, words: rows / words, "divided by the number of words, not of rows."),
    ),
    (
        "model/loss_in_bits",
        "cross_entropy",
        "3.12",
        unaveraged(lambda rows, words: 1 / np.log(2), "its logarithms are to base 2."),
    ),
    ("layers/leaky_maximum_of_the_slope", "leaky_relu", "3.13", flat_results),
    ("layers/backward_fills_in_the_slope", "leaky_relu_backward", "3.13", flat_results),
]


@pytest.mark.parametrize(("name", "exercise", "mistake", "recompute"), CASES, ids=[f"{c[2]}-{c[0]}" for c in CASES])
def test_the_numbers_of_the_evidence_are_those_of_the_calls(
    name: str, exercise: str, mistake: str, recompute: Callable[[Recorded], None]
) -> None:
    with np.errstate(all="ignore"):
        recompute(record(3, name, exercise, mistake))
