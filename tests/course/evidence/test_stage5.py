"""Every number of stage 5's evidence, computed anew from what was asked and what the wrong answer returned."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tests.course.evidence.recorded import Recorded, record


def softmax(scores: np.ndarray) -> np.ndarray:
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(exps / exps.sum(axis=-1, keepdims=True))


def place(query: int | list[int], *key: int) -> tuple[int, ...]:
    return (*([query] if isinstance(query, int) else query), *key)


def last_pair(run: Recorded) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The last question that was asked without and then with a mask: both weights, and the mask."""
    masked = max(n for n, (args, _) in enumerate(run.calls) if len(args) == 4)
    (q, _, _, mask), (_, with_mask) = run.calls[masked]
    (_, free) = next(r for args, r in reversed(run.calls[:masked]) if len(args) == 3 and (args[0] == q).all())
    return free, with_mask, np.broadcast_to(mask, with_mask.shape)


def mask_lets_a_later_key_in(run: Recorded) -> None:
    (length,), mask = run.calls[-1]
    weights = softmax(np.asarray(mask, dtype=float))
    query, key = run.numbers["query"], run.numbers["key"]
    assert run.numbers["length"] == length
    assert key > query
    assert np.isclose(weights[query, key], run.numbers["weight"])


def shape_of_a_mask(run: Recorded) -> None:
    (length,), mask = run.calls[-1]
    assert run.numbers == {"length": length, "shape": list(mask.shape), "asked": [length, length]}


def nan_in_a_mask(run: Recorded) -> None:
    (length,), mask = run.calls[-1]
    nans = np.argwhere(np.isnan(mask))
    assert run.numbers["length"] == length
    assert (run.numbers["count"], run.numbers["size"]) == (len(nans), length**2)
    assert [run.numbers["query"], run.numbers["key"]] == nans[0].tolist()


def mask_without_effect(run: Recorded) -> None:
    free, masked, mask = last_pair(run)
    spot = place(run.numbers["query"], run.numbers["key"])
    assert np.isneginf(mask[spot])
    assert (run.numbers["weight"], run.numbers["free"]) == pytest.approx((masked[spot], free[spot]), rel=1e-8)


def divisor_of_scores(run: Recorded) -> None:
    """Two weights of one query tell what the difference of their dot products was divided by."""
    (q, k, _), (_, weights) = run.calls[-1]
    one, other = (q[..., 0, :] * k[..., n, :] for n in (0, 1))
    dots = (one - other).sum(axis=-1).ravel()[0]
    ratio = (weights[..., 0, 0] / weights[..., 0, 1]).ravel()[0]
    assert run.numbers["d_k"] == q.shape[-1]
    assert np.isclose(run.numbers["root"], math.sqrt(q.shape[-1]))
    assert np.isclose(run.numbers["divisor"], dots / np.log(ratio))
    assert np.isclose(run.numbers["factor"], run.numbers["root"] / run.numbers["divisor"])


def transposed_keys(run: Recorded) -> None:
    (_, k, _), _ = run.calls[0]
    q, (_, weights) = run.asked(0)[0], run.told(0)
    scores = np.einsum("...id,...jd->...ij", q, k)
    assert run.numbers["shape"] == list(k.shape)
    assert np.isclose(run.numbers["correlation"], np.corrcoef(np.log(weights).ravel(), scores.ravel())[0, 1])


def dot_of_a_batch(run: Recorded) -> None:
    (_, k, _), (_, weights) = next(c for c in reversed(run.calls) if c[1][1].ndim == 4)
    assert run.numbers == {"k_shape": list(k.shape), "shape": list(weights.shape)}


def sums_of_another_axis(run: Recorded) -> None:
    weights = next(w for _, (_, w) in run.calls if list(w.shape) == run.numbers["shape"])
    assert np.isclose(run.numbers["total"], weights[place(run.numbers["query"])].sum())
    assert not np.isclose(run.numbers["total"], 1)


def weight_dropped(run: Recorded) -> None:
    free, masked, mask = last_pair(run)
    row = place(run.numbers["row"])
    assert np.isclose(run.numbers["free"], free[row].sum())
    assert np.isclose(run.numbers["kept"], masked[row].sum())
    assert np.isclose(run.numbers["kept"], free[row][mask[row] == 0].sum())
    assert np.isclose(run.numbers["kept"], masked.sum(axis=-1).min())


def infinite_weight(run: Recorded) -> None:
    _, masked, mask = last_pair(run)
    spot = place(run.numbers["query"], run.numbers["key"])
    assert np.isneginf(mask[spot])
    assert run.numbers["weight"] == str(masked[spot]) == "-inf"
    assert np.isfinite(masked[mask == 0]).all()


def weight_on_masked_keys(run: Recorded) -> None:
    _, masked, mask = next((None, r[1], np.broadcast_to(a[3], r[1].shape)) for a, r in run.calls if len(a) == 4)
    row = place(run.numbers["query"])
    assert run.numbers["open"] == np.flatnonzero(mask[row] == 0).tolist()
    assert np.isclose(run.numbers["kept"], masked[row][mask[row] == 0].sum())
    assert np.isclose(run.numbers["given"], masked[row][mask[row] != 0].sum())


def nan_weights(run: Recorded) -> None:
    free, masked, mask = last_pair(run)
    spot = place(run.numbers["query"], run.numbers["key"])
    assert run.numbers["count"] == np.isnan(masked).sum()
    assert run.numbers["size"] == masked.size
    assert np.isnan(masked[spot])
    assert mask[spot] == 0
    assert np.isfinite(free).all()


def sum_of_another_row(run: Recorded) -> None:
    (q, k, _), (_, weights) = next(c for c in run.calls if len(c[1][1]) == run.numbers["count"])
    query, key = run.numbers["query"], run.numbers["key"]
    exps = np.exp(q @ k.T / math.sqrt(q.shape[-1]))
    assert np.isclose(run.numbers["weight"], weights[query, key])
    assert np.isclose(run.numbers["weight"], exps[query, key] / exps[key].sum())
    assert np.isclose(run.numbers["own"], exps[query, key] / exps[query].sum())


def shares(run: Recorded) -> np.ndarray:
    """The weights behind the last output: what each position takes of each value."""
    (x, _, _, w_v), output = run.calls[-1]
    return np.asarray(output @ np.linalg.pinv(x @ w_v))


def share_of_the_future(run: Recorded) -> None:
    query, key = run.numbers["query"], run.numbers["key"]
    assert key > query
    assert np.isclose(shares(run)[:, query, key], run.numbers["share"]).any()


def divisor_of_the_last_row(run: Recorded) -> None:
    (x, w_q, w_k, _), _ = run.calls[-1]
    last = shares(run)[0, -1]
    dots = (x @ w_q)[0, -1] @ (x @ w_k)[0].T
    assert run.numbers["d_k"] == w_q.shape[1]
    assert np.isclose(run.numbers["root"], math.sqrt(w_q.shape[1]))
    assert np.isclose(run.numbers["divisor"], (dots[0] - dots[1]) / np.log(last[0] / last[1]))
    assert np.isclose(run.numbers["factor"], run.numbers["root"] / run.numbers["divisor"])


def future_dropped(run: Recorded) -> None:
    sums = shares(run).sum(axis=-1)
    assert np.isclose(run.numbers["total"], sums.min())
    assert np.isclose(sums[:, run.numbers["row"]], run.numbers["total"]).any()
    assert np.isclose(sums[:, -1], run.numbers["last"]).all()


def infinite_output(run: Recorded) -> None:
    output = run.told(-1)
    assert str(output[tuple(run.numbers["index"])]) == run.numbers["value"]
    assert run.numbers["index"][1] == run.numbers["query"]
    assert np.isfinite(output[:, -1]).all()


def future_alone(run: Recorded) -> None:
    (x, _, _, w_v), output = run.calls[0]
    weights = output[0] @ np.linalg.pinv((x @ w_v)[0])
    query, key = run.numbers["query"], run.numbers["key"]
    assert np.isclose(run.numbers["given"], weights[query, key])
    assert run.numbers["count"] == query + 1 == key
    assert np.allclose(weights[query, :key], 0, atol=1e-9)


def nan_output(run: Recorded) -> None:
    output = run.told(-1)
    assert run.numbers == {"size": output.shape[1], "count": int(np.isnan(output).all(axis=(0, 2)).sum())}
    assert np.isnan(output[:, :-1]).all()
    assert ("also at the last" in run.text) == np.isnan(output[:, -1]).all()


def number_of_heads(run: Recorded) -> None:
    asked, got = next((a, r) for a, r in run.calls if list(r.shape) == run.numbers["shape"])
    x, n_heads = asked
    assert run.numbers["x_shape"] == list(x.shape)
    assert (run.numbers["n_heads"], run.numbers["d_model"]) == (n_heads, x.shape[-1])
    assert run.numbers["width"] == x.shape[-1] // n_heads
    assert got.shape[1::2] != (n_heads, run.numbers["width"])


def heads_mixed(run: Recorded) -> None:
    (heads,), got = run.calls[-1]
    assert run.numbers == {"asked": list(heads.shape), "shape": list(got.shape), "n_heads": heads.shape[1]}
    assert np.allclose(got, heads.mean(axis=1))
    assert "is the mean of the" in run.text


def split_in_memory_order(run: Recorded) -> None:
    x, n_heads = run.asked(0)
    got = run.told(0)
    first = got[0, 0, 1, 0]
    assert run.numbers["x_shape"] == list(x.shape)
    assert run.numbers["n_heads"] == n_heads
    assert run.numbers["shape"] == list(got.shape)
    assert x[0, run.numbers["token"], run.numbers["feature"]] == first != x[0, 1, 0]


def merged_in_memory_order(run: Recorded) -> None:
    (heads,), got = run.calls[0]
    tokens = [t for t in range(heads.shape[2]) if np.isin(heads[0, :, t], got[0, 0]).any()]
    assert run.numbers == {"asked": list(heads.shape), "shape": list(got.shape), "tokens": tokens}
    assert tokens != [0]


def wider(run: Recorded) -> None:
    (embeddings, _), got = run.calls[0]
    assert run.numbers["asked"] == list(embeddings.shape)
    assert run.numbers["shape"] == list(got.shape)
    assert (run.numbers["before"], run.numbers["after"]) == (embeddings.shape[-1], got.shape[-1])


def tokens_lost(run: Recorded) -> None:
    (k_old, _, k_new, _), (keys, _) = run.calls[0]
    sequence = run.numbers["sequence"]
    gone = [t for t in range(k_old.shape[1]) if not np.isin(k_old[sequence, t], keys).all()]
    assert (run.numbers["past"], run.numbers["new"]) == (k_old.shape[1], k_new.shape[1])
    assert run.numbers["shape"] == list(keys.shape)
    assert (run.numbers["lost"], run.numbers["first"]) == (len(gone), gone[0])


CASES: list[tuple[str, str, str, Callable[[Recorded], None]]] = [
    ("causal_mask/off_by_one_k_2", "causal_mask", "5.1", mask_lets_a_later_key_in),
    ("causal_mask/ones_and_zeros", "causal_mask", "5.1", mask_lets_a_later_key_in),
    ("causal_mask/one_row_for_all", "causal_mask", "5.7", shape_of_a_mask),
    ("causal_mask/zero_times_infinity", "causal_mask", "5.12", nan_in_a_mask),
    ("causal_mask/nan_for_masked_keys", "causal_mask", "5.12", nan_in_a_mask),
    ("scaled_attention/mask_never_used", "scaled_attention", "5.1", mask_without_effect),
    ("scaled_attention/divides_by_d_k", "scaled_attention", "5.2", divisor_of_scores),
    ("scaled_attention/no_transpose", "scaled_attention", "5.3", transposed_keys),
    ("scaled_attention/np_dot_with_k_T", "scaled_attention", "5.3", dot_of_a_batch),
    ("scaled_attention/softmax_over_queries", "scaled_attention", "5.8", sums_of_another_axis),
    ("scaled_attention/softmax_over_axis_1", "scaled_attention", "5.8", sums_of_another_axis),
    ("scaled_attention/zeroed_after_softmax", "scaled_attention", "5.9", weight_dropped),
    ("scaled_attention/added_after_softmax", "scaled_attention", "5.9", infinite_weight),
    ("scaled_attention/mask_taken_for_open_keys", "scaled_attention", "5.11", weight_on_masked_keys),
    ("scaled_attention/mask_subtracted", "scaled_attention", "5.12", nan_weights),
    ("scaled_attention/scores_times_mask", "scaled_attention", "5.12", nan_weights),
    ("scaled_attention/keepdims_forgotten", "scaled_attention", "5.14", sum_of_another_row),
    ("scaled_attention/one_maximum_and_no_keepdims", "scaled_attention", "5.14", sum_of_another_row),
    ("causal_attention/no_mask", "causal_self_attention", "5.1", share_of_the_future),
    ("causal_attention/off_by_one", "causal_self_attention", "5.1", share_of_the_future),
    ("causal_attention/root_of_d_model", "causal_self_attention", "5.2", divisor_of_the_last_row),
    ("causal_attention/zeroed_after_softmax", "causal_self_attention", "5.9", future_dropped),
    ("causal_attention/added_after_softmax", "causal_self_attention", "5.9", infinite_output),
    ("causal_attention/visible_keys_masked", "causal_self_attention", "5.11", future_alone),
    ("causal_attention/ones_times_infinity", "causal_self_attention", "5.12", nan_output),
    ("causal_attention/mask_subtracted", "causal_self_attention", "5.12", nan_output),
    ("heads/swapped", "split_heads", "5.4", number_of_heads),
    ("heads/eight_heads", "split_heads", "5.4", number_of_heads),
    ("heads/heads_averaged", "merge_heads", "5.5", heads_mixed),
    ("heads/reshaped_straight", "split_heads", "5.13", split_in_memory_order),
    ("heads/merge_reshaped_straight", "merge_heads", "5.13", merged_in_memory_order),
    ("positions/concatenated", "add_positions", "5.6", wider),
    ("kv_cache/only_the_new_tokens", "update_kv_cache", "5.10", tokens_lost),
    ("kv_cache/history_of_the_first_sequence", "update_kv_cache", "5.10", tokens_lost),
]


@pytest.mark.parametrize(
    ("answer", "exercise", "mistake", "recompute"), CASES, ids=[f"{case[2]}-{case[0]}" for case in CASES]
)
def test_every_number_of_the_evidence_is_true(answer: str, exercise: str, mistake: str, recompute: Any) -> None:
    recompute(record(5, answer, exercise, mistake))
