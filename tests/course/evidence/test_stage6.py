"""Every number of stage 6's evidence, computed anew from what was asked and what the wrong answer returned."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from tests.course.evidence.recorded import Recorded, record


def softmax(scores: np.ndarray) -> np.ndarray:
    exps = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(exps / exps.sum(axis=-1, keepdims=True))


def norms_in_the_stream(run: Recorded) -> None:
    """In post-norm, the result is what norm2 makes of a sum, and x itself is no part of it."""
    (x, attention, feed_forward, norm1, norm2), out = run.calls[0]
    middle = norm1(x + attention(x))
    assert np.allclose(out, norm2(middle + feed_forward(middle)))
    assert run.numbers == {"factor": 0.0, "right": 1.0}
    assert "holds 0 · x, where 1 · x is right" in run.text


def residual_missing(run: Recorded) -> None:
    """Attention's output is in the stream, and the x that entered it is not."""
    (x, attention, feed_forward, norm1, norm2), out = run.calls[0]
    made = attention(norm1(x))
    assert np.allclose(out, made + feed_forward(norm2(made)))
    assert run.numbers == {"made": 1.0, "entered": 0.0}
    assert "The output of attention is never added to its input (x)" in run.text


def hidden_width(run: Recorded) -> None:
    width, params = run.calls[-1][0][1], run.told(-1)
    assert run.numbers["width"] == width
    assert run.numbers["w1"] == list(params["w1"].shape)
    assert run.numbers["w2"] == list(params["w2"].shape)
    assert run.numbers["hidden"] == params["w1"].shape[1] == run.numbers["ratio"] * width


def second_table(run: Recorded) -> None:
    _, vocab, width = run.asked(-1)
    held = sum(array.size for array in run.told(-1).values())
    assert run.numbers == {"held": held, "needed": vocab * width, "sizes": [vocab, width]}
    assert f"you hold {held} numbers where {vocab * width} are needed" in run.text


def deaf_to_the_table(run: Recorded) -> None:
    tables = [args[3] for args, _ in run.calls]
    other = next(n for n, table in enumerate(tables) if not np.array_equal(table, tables[0]))
    token = run.numbers["token"]
    assert np.allclose(run.numbers["before"], tables[0][token], atol=1e-3)
    assert np.allclose(run.numbers["after"], tables[other][token], atol=1e-3)
    assert np.isclose(run.numbers["score"], run.told(0)[0, 0, token])
    assert np.isclose(run.numbers["score"], run.told(other)[0, 0, token])


def wrong_axis(run: Recorded) -> None:
    (x, gamma, beta), out = run.calls[0]
    place = tuple(run.numbers["token"])
    token = x[place]
    right = gamma * (token - token.mean()) / np.sqrt(token.var() + 1e-5) + beta
    assert run.numbers["shape"] == list(x.shape)
    assert np.allclose([run.numbers["mean"], run.numbers["std"]], [out[place].mean(), out[place].std()])
    assert np.allclose([run.numbers["right_mean"], run.numbers["right_std"]], [right.mean(), right.std()], atol=1e-4)


def no_final_norm(run: Recorded) -> None:
    before, after = (float(np.abs(run.told(n)).mean()) for n in (0, 2))
    (x, (first, last), *_), (_, (_, loud), *_) = run.asked(0), run.asked(2)
    stream = first(x)
    assert np.isclose(run.numbers["before"], before)
    assert np.isclose(run.numbers["after"], after)
    assert np.allclose(loud(stream), run.numbers["louder"] * last(stream))


def table_ends(run: Recorded) -> None:
    """The longest that works and the shortest that does not are neighbours, and both were asked."""
    works, fails = run.numbers["works"], run.numbers["fails"]
    rows = {args[0]: len(result) for args, result in run.calls}
    assert fails == works + 1
    assert rows[works] == works
    assert rows[fails] == works
    assert f"you return {works} rows" in run.text


def one_mask_for_all(run: Recorded) -> None:
    (lengths, longest), mask = run.calls[0]
    hidden = np.isneginf(np.broadcast_to(mask, (len(lengths), longest, longest))).sum(axis=-1)
    assert (hidden == run.numbers["hidden"]).all()
    assert run.numbers["keys"] == longest
    assert run.numbers["lengths"] == lengths.tolist()
    assert run.numbers["asked"] == (longest - lengths).tolist()


def mask_of_a_neighbour(run: Recorded) -> None:
    (lengths, _), mask = run.calls[0]
    sequence, owner = run.numbers["sequence"], run.numbers["owner"]
    assert run.numbers["length"] == lengths[sequence]
    assert run.numbers["visible"] == lengths[owner] == (mask[sequence, 0] == 0).sum()


def through_argmax(run: Recorded) -> None:
    row = run.numbers["row"]
    (quiet, _), (loud, _) = run.asked(0), run.asked(1)
    top = quiet[row].argmax()
    assert np.isclose(run.numbers["before"], softmax(quiet)[row, top])
    assert np.isclose(run.numbers["after"], softmax(loud)[row, top])
    assert run.numbers["gradient"] == run.told(0)[row, top] == run.told(1)[row, top]


def at_the_guess_alone(run: Recorded) -> None:
    (logits, _), gradient = run.calls[0]
    row, token = run.numbers["row"], run.numbers["token"]
    assert np.isclose(run.numbers["probability"], softmax(logits)[row, token])
    assert run.numbers["gradient"] == gradient[row, token] == 0
    assert np.isclose(run.numbers["top"], gradient[row, logits[row].argmax()])


def too_few_words(run: Recorded) -> None:
    met = [(args, size) for args, size in run.calls if size == run.numbers["size"]]
    (counts, _, rate), size = next(one for one in met if one[0][2] == run.numbers["rate"])
    unknown = np.sort(counts)[: max(0, len(counts) - size)].sum()
    assert run.numbers["unknown"] == unknown > run.numbers["allowed"] == int(rate * counts.sum())
    assert run.numbers["total"] == counts.sum()


def history_lost(run: Recorded) -> None:
    (_, k_cache, *_), (_, keys, _) = run.calls[0]
    kept = [t for t in range(k_cache.shape[1]) if any(np.allclose(k_cache[:, t], row) for row in keys.swapaxes(0, 1))]
    assert run.numbers["history"] == k_cache.shape[1]
    assert run.numbers["held"] == keys.shape[1]
    assert run.numbers["kept"] == len(kept)
    assert run.numbers["missing"] == next(t for t in range(k_cache.shape[1]) if t not in kept)


def history_unread(run: Recorded) -> None:
    (x_new, _, v_cache, _, _, w_v), (output, *_) = run.calls[0]
    values = np.concatenate([v_cache[0], x_new[0] @ w_v])
    weights = np.linalg.lstsq(values.T, output[0, 0], rcond=None)[0]
    assert np.isclose(run.numbers["weight"], abs(weights[run.numbers["token"]]), atol=1e-3)
    assert np.isclose(run.numbers["new"], weights[-1], atol=1e-3)
    assert run.numbers["tokens"] == len(values)
    assert np.isclose(run.numbers["fair"], 1 / len(values), atol=1e-3)


def wrong_rates(run: Recorded) -> None:
    (length, width), table = run.calls[-1]
    column, rate = run.numbers["column"], run.numbers["rate"]
    wave = np.cos if column % 2 else np.sin
    assert (run.numbers["length"], run.numbers["width"]) == (length, width)
    assert np.allclose(table[:, column], wave(rate * np.arange(length)), atol=1e-6)
    assert np.isclose(run.numbers["right"], 10000 ** (-(column - column % 2) / width))
    assert np.isclose(run.numbers["got"], table[1, column])
    assert np.isclose(run.numbers["want"], wave(run.numbers["right"]))


def misplaced_eps(run: Recorded) -> None:
    (x, gamma, beta, eps), out = next(call for call in run.calls if call[0][3] == run.numbers["eps"])
    token = x[0, 0]
    divisor = (token - token.mean()) / ((out[0, 0] - beta) / gamma)
    assert np.allclose(divisor, run.numbers["divisor"])
    assert np.isclose(run.numbers["variance"], token.var())
    assert np.isclose(run.numbers["right"], np.sqrt(token.var() + eps))


def another_eps(run: Recorded) -> None:
    misplaced_eps(run)
    assert np.isclose(run.numbers["divisor"], np.sqrt(run.numbers["variance"] + run.numbers["other"]))
    assert "√(variance + 0.001), whatever eps is" in run.text


def not_averaged(run: Recorded) -> None:
    (logits, targets), gradient = run.calls[0]
    (other, others_targets), second = run.calls[1]
    place = tuple(run.numbers["place"])
    right = (softmax(logits) - np.eye(logits.shape[1])[targets]) / len(logits)
    elsewhere = (softmax(other) - np.eye(other.shape[1])[others_targets]) / len(other)
    assert run.numbers["shape"] == list(logits.shape)
    assert run.numbers["other"] == list(other.shape)
    assert np.allclose(gradient, run.numbers["first"] * right)
    assert np.allclose(second, run.numbers["second"] * elsewhere)
    assert np.isclose(run.numbers["got"], gradient[place])
    assert np.isclose(run.numbers["want"], right[place])


def normed_scores(run: Recorded) -> tuple[np.ndarray, np.ndarray]:
    """The right logits of the first call and the student's scores."""
    (x, blocks, final_norm, table), scores = run.calls[0]
    for block in blocks:
        x = block(x)
    return final_norm(x) @ table.T, scores


def probabilities(run: Recorded) -> None:
    logits, scores = normed_scores(run)
    assert np.allclose(scores, softmax(logits))
    assert np.isclose(run.numbers["total"], scores[0, 0].sum())
    assert np.isclose(run.numbers["got"], scores[0, 0, run.numbers["token"]])
    assert np.isclose(run.numbers["logit"], logits[0, 0, run.numbers["token"]])


def log_probabilities(run: Recorded) -> None:
    logits, scores = normed_scores(run)
    assert np.allclose(scores, np.log(softmax(logits)))
    assert np.isclose(run.numbers["total"], np.exp(scores[0, 0]).sum())
    assert np.isclose(run.numbers["got"], scores[0, 0, run.numbers["token"]])
    assert np.isclose(run.numbers["logit"], logits[0, 0, run.numbers["token"]])


CASES: list[tuple[str, str, str, Callable[[Recorded], None]]] = [
    ("transformer_block/post_norm_in_both_sublayers", "transformer_block", "6.1", norms_in_the_stream),
    ("transformer_block/residual_around_feed_forward_only", "transformer_block", "6.2", residual_missing),
    ("feed_forward/twice_as_wide", "init_feed_forward", "6.3", hidden_width),
    ("output_head/a_matrix_for_the_output", "init_embeddings", "6.4", second_table),
    ("output_head/scores_with_a_matrix_of_its_own", "gpt_logits", "6.4", deaf_to_the_table),
    ("layer_norm/counts_the_axis_from_the_front", "layer_norm", "6.5", wrong_axis),
    ("layer_norm/no_eps_over_everything", "layer_norm", "6.5", wrong_axis),
    ("output_head/no_final_norm", "gpt_logits", "6.6", no_final_norm),
    ("positions/slices_a_table_of_512_rows", "sinusoidal_positions", "6.7", table_ends),
    ("padding_mask/longest_sequence_for_all", "padding_mask", "6.8", one_mask_for_all),
    ("padding_mask/length_of_the_next_sequence", "padding_mask", "6.8", mask_of_a_neighbour),
    ("training/argmax_for_the_probabilities", "cross_entropy_grad", "6.9", through_argmax),
    ("training/probability_of_the_guess_only", "cross_entropy_grad", "6.9", at_the_guess_alone),
    ("vocabulary/always_the_smallest", "choose_vocab_size", "6.10", too_few_words),
    ("generation/every_second_token_of_the_past", "generate_step", "6.11", history_lost),
    ("generation/attends_to_the_last_four", "generate_step", "6.11", history_unread),
    ("positions/base_of_one_thousand", "sinusoidal_positions", "6.12", wrong_rates),
    ("positions/cosine_goes_on_with_the_odd_number", "sinusoidal_positions", "6.12", wrong_rates),
    ("layer_norm/eps_outside_the_root", "layer_norm", "6.13", misplaced_eps),
    ("layer_norm/a_thousandth_whatever_is_asked", "layer_norm", "6.13", another_eps),
    ("training/divides_by_the_vocabulary", "cross_entropy_grad", "6.14", not_averaged),
    ("output_head/returns_probabilities", "gpt_logits", "6.15", probabilities),
    ("output_head/returns_log_probabilities", "gpt_logits", "6.15", log_probabilities),
]


@pytest.mark.parametrize(("name", "exercise", "mistake", "recompute"), CASES, ids=[f"{c[2]}-{c[0]}" for c in CASES])
def test_the_numbers_of_the_evidence_are_those_of_the_calls(
    name: str, exercise: str, mistake: str, recompute: Callable[[Recorded], None]
) -> None:
    recompute(record(6, name, exercise, mistake))
