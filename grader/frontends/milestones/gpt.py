"""A GPT of two layers, run by the student's functions with the numbers that the kit has trained."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

import numpy as np

from grader.course.milestones.gpt import D_MODEL, LAYERS, N_HEADS, trained_numbers
from grader.frontends.milestones.team import Needed, Team

D_K = D_MODEL // N_HEADS
Caches = dict[int, tuple[np.ndarray, np.ndarray]]


def _same(x: Any) -> Any:
    return x


_ROW = np.linspace(-1.0, 2.0, 48).reshape(2, 3, 8)
_HEADS = _ROW.reshape(2, 2, 3, 4)
_WEIGHT = np.linspace(-0.5, 0.7, 64).reshape(8, 8)
NEEDED = (
    Needed(6, "layer_norm", (_ROW, np.ones(8), np.zeros(8))),
    Needed(5, "causal_mask", (4,)),
    Needed(5, "scaled_attention", (_HEADS, _HEADS, _HEADS)),
    Needed(5, "split_heads", (_ROW, 2)),
    Needed(5, "merge_heads", (_HEADS,)),
    Needed(6, "sinusoidal_positions", (4, 8)),
    Needed(6, "transformer_block", (_ROW, _same, _same, _same, _same)),
    Needed(6, "gpt_logits", (_ROW, [_same], _same, _WEIGHT)),
    Needed(5, "update_kv_cache", (None, None, _ROW, _ROW)),
    Needed(6, "generate_step", (_ROW[:1, :1], None, None, _WEIGHT, _WEIGHT, _WEIGHT)),
)


class Gpt:
    """The model. Every method raises `team.Stopped` where a function of the student's does what it may not.

    `numbers` are those of the kit where none are given, and may be on a tape. `weights` are the attention weights
    [B, H, T, T] of each layer, in the last run without a cache.
    """

    def __init__(self, team: Team, numbers: Mapping[str, np.ndarray] | None = None) -> None:
        self._team, self._numbers = team, trained_numbers() if numbers is None else numbers
        self.table = self._numbers["token_embedding"]
        self.weights: dict[int, np.ndarray] = {}
        self._run_blocks: set[int] = set()
        self._attended: set[int] = set()

    def logits(self, token_ids: np.ndarray, positions: np.ndarray | None = None) -> np.ndarray:
        """Scores [B, T, V] for the token after each of [B, T]; `positions` [T, D] in the place of the student's."""
        self.weights = {}
        where = self.positions(token_ids.shape[1]) if positions is None else positions
        return self._run(self._embedded(token_ids) + where, self._attention)

    def positions(self, length: int) -> np.ndarray:
        """The student's sinusoids [T, D]."""
        found = self._team.call("sinusoidal_positions", length, D_MODEL)
        return self._array("sinusoidal_positions", found, (length, D_MODEL))

    def begin(self, token_ids: np.ndarray) -> tuple[np.ndarray, Caches]:
        """Scores [V] for the token after [T], and a cache of keys and values [1, T, D] for each layer."""
        caches: Caches = {}
        x = self._embedded(token_ids[None]) + self.positions(len(token_ids))
        return self._run(x, partial(self._filling, caches))[0, -1], caches

    def step(self, token: int, caches: Caches) -> tuple[np.ndarray, Caches]:
        """Scores [V] for the token after `token`, computed from it and the caches alone; and the caches with it."""
        length, grown = caches[0][0].shape[1], dict[int, tuple[np.ndarray, np.ndarray]]()
        x = self._embedded(np.array([[token]])) + self.positions(length + 1)[-1]
        return self._run(x, partial(self._cached, caches, grown))[0, -1], grown

    def _embedded(self, token_ids: np.ndarray) -> np.ndarray:
        return np.asanyarray(self.table[token_ids] * np.sqrt(D_MODEL))

    def _run(self, x: np.ndarray, attention: Any) -> np.ndarray:
        shape, self._run_blocks, self._attended = x.shape, set(), set()
        blocks = [partial(self._block, layer, attention) for layer in range(LAYERS)]
        found = self._team.call("gpt_logits", x, blocks, partial(self._norm, "norm", "gpt_logits"), self.table)
        if len(self._run_blocks) < LAYERS:
            self._team.refuse("gpt_logits", f"called {len(self._run_blocks)} of {LAYERS} blocks")
        if len(self._attended) < LAYERS:
            self._team.refuse("transformer_block", "never called attention")
        return self._array("gpt_logits", found, (*shape[:2], len(self.table)))

    def _block(self, layer: int, attention: Any, x: Any) -> np.ndarray:
        # A student may call what they are given on a part of the batch, and a norm on some of the tokens.
        x = self._passed_on("gpt_logits", x, 3)
        self._run_blocks.add(layer)

        def attend(inner: Any) -> Any:
            self._attended.add(layer)
            return attention(layer, self._passed_on("transformer_block", inner, 3))

        def feed_forward(inner: Any) -> Any:
            inner = self._passed_on("transformer_block", inner)
            hidden = np.maximum(0, inner @ self._of(layer, "w1") + self._of(layer, "b1"))
            return hidden @ self._of(layer, "w2") + self._of(layer, "b2")

        norms = [partial(self._norm, f"{layer}.norm{number}", "transformer_block") for number in (1, 2)]
        found = self._team.call("transformer_block", x, attend, feed_forward, *norms)
        return self._array("transformer_block", found, x.shape)

    def _norm(self, name: str, caller: str, x: Any) -> np.ndarray:
        x = self._passed_on(caller, x)
        found = self._team.call("layer_norm", x, self._numbers[f"{name}.gamma"], self._numbers[f"{name}.beta"])
        return self._array("layer_norm", found, x.shape)

    def _attention(self, layer: int, x: np.ndarray) -> np.ndarray:
        q, k, v = (x @ self._of(layer, name) for name in ("w_q", "w_k", "w_v"))
        return self._attend(layer, q, k, v)

    def _attend(self, layer: int, q: np.ndarray, k: np.ndarray, v: np.ndarray) -> np.ndarray:
        """All heads over [B, T, D], masked, joined and projected."""
        batch, length, _ = q.shape
        mask = self._array("causal_mask", self._team.call("causal_mask", length), (length, length), masked=True)
        heads = (batch, N_HEADS, length, D_K)
        split = [self._array("split_heads", self._team.call("split_heads", x, N_HEADS), heads) for x in (q, k, v)]
        found = self._team.several("scaled_attention", self._team.call("scaled_attention", *split, mask), 2)
        mixed = self._array("scaled_attention", found[0], heads)
        weights = self._array("scaled_attention", found[1], (batch, N_HEADS, length, length))
        # Who hands over one sequence after another gives the batch in parts.
        before = self.weights.get(layer, weights[:0])
        self.weights[layer] = np.concatenate([before, weights]) if before.shape[1:] == weights.shape[1:] else weights
        merged = self._array("merge_heads", self._team.call("merge_heads", mixed), (batch, length, D_MODEL))
        return np.asanyarray(merged @ self._of(layer, "w_o"))

    def _filling(self, caches: Caches, layer: int, x: np.ndarray) -> np.ndarray:
        """Attention over a prompt whose keys and values go into the cache in two parts."""
        k, v, half = x @ self._of(layer, "w_k"), x @ self._of(layer, "w_v"), x.shape[1] // 2
        cache: list[Any] = [None, None]
        for part, length in ((slice(half), half), (slice(half, None), x.shape[1])):
            found = self._team.call("update_kv_cache", *cache, k[:, part], v[:, part])
            pair = self._team.several("update_kv_cache", found, 2)
            cache = [self._array("update_kv_cache", one, (1, length, D_MODEL)) for one in pair]
        caches[layer] = cache[0], cache[1]
        return self._attend(layer, x @ self._of(layer, "w_q"), *cache)

    def _cached(self, caches: Caches, grown: Caches, layer: int, x: np.ndarray) -> np.ndarray:
        """Attention of one new token: `generate_step` for each head's own part of the weights and of the cache."""
        length = caches[layer][0].shape[1]
        shapes = ((1, 1, D_K), (1, length + 1, D_K), (1, length + 1, D_K))
        parts = []
        for head in range(N_HEADS):
            own = slice(head * D_K, (head + 1) * D_K)
            weights = [self._of(layer, name)[:, own] for name in ("w_q", "w_k", "w_v")]
            found = self._team.call("generate_step", x, *(cache[..., own] for cache in caches[layer]), *weights)
            found = self._team.several("generate_step", found, 3)
            arrays = [self._array("generate_step", one, shape) for one, shape in zip(found, shapes, strict=True)]
            parts.append(arrays)
        out, keys, values = (np.concatenate(part, axis=-1) for part in zip(*parts, strict=True))
        grown[layer] = keys, values
        return np.asanyarray(out @ self._of(layer, "w_o"))

    def _of(self, layer: int, name: str) -> np.ndarray:
        return self._numbers[f"{layer}.{name}"]

    def _array(self, name: str, value: Any, shape: tuple[int, ...], masked: bool = False) -> np.ndarray:
        return np.asanyarray(self._team.array(name, value, shape, masked=masked))

    def _passed_on(self, name: str, value: Any, axes: int | None = None) -> np.ndarray:
        """What a student's function hands to one of the parts: [B, T, D], or for norms [..., D]."""
        shape = np.shape(value) if isinstance(value, np.ndarray) else ()
        right = (shape[-1:] == (D_MODEL,)) and axes in (None, len(shape))
        wanted = shape if right else (*shape[:2], D_MODEL)
        return np.asanyarray(self._team.array(name, value, wanted, what="passed on"))


def cross_entropy_of(logits: np.ndarray, targets: np.ndarray) -> float:
    """The loss in nats per token, [B, T, V] and [B, T]; by the kit and by nobody else."""
    picked = np.take_along_axis(logits, targets[..., None], axis=-1)[..., 0]
    return float((np.logaddexp.reduce(logits, axis=-1) - picked).mean())


def entropy_of(weights: Iterable[np.ndarray]) -> float:
    """The mean entropy in nats of the attention weights' rows, all layers and heads."""
    each = [np.where(w > 0, -w * np.log(np.where(w > 0, w, 1)), 0).sum(-1).mean() for w in weights]
    return float(np.mean(each))
