"""A layer of attention, run by the student's functions with the numbers that the kit has trained."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.course.milestones.looks import D_MODEL, N_HEADS, trained_numbers
from grader.frontends.milestones.team import Needed, Team

D_K = D_MODEL // N_HEADS
_ROW = np.linspace(-1.0, 2.0, 48).reshape(2, 3, 8)
_HEADS = _ROW.reshape(2, 2, 3, 4)
_WEIGHT = np.linspace(-0.5, 0.7, 64).reshape(8, 8)
NEEDED = (
    Needed(5, "add_positions", (_ROW, _ROW[0])),
    Needed(5, "causal_mask", (4,)),
    Needed(5, "scaled_attention", (_HEADS, _HEADS, _HEADS)),
    Needed(5, "split_heads", (_ROW, 2)),
    Needed(5, "merge_heads", (_HEADS,)),
    Needed(5, "causal_self_attention", (_ROW, _WEIGHT, _WEIGHT, _WEIGHT)),
    Needed(5, "update_kv_cache", (None, None, _ROW, _ROW)),
)


class Attention:
    """The layer. Every method raises `team.Stopped` where a function of the student's does what it may not.

    `weights` are the attention weights [B, H, T, T] of the last run of `logits`.
    """

    def __init__(self, team: Team) -> None:
        self._team, self._numbers = team, trained_numbers()
        self.words = len(self._numbers["embeddings"])
        self.weights = np.zeros((0, N_HEADS, 0, 0))

    def logits(self, token_ids: np.ndarray) -> np.ndarray:
        """Scores [B, T, V] for the token after each of [B, T]."""
        x, length = self._stream(token_ids), token_ids.shape[1]
        q, k, v = (self._split(x @ self._numbers[name]) for name in ("w_q", "w_k", "w_v"))
        mask = self._team.array("causal_mask", self._team.call("causal_mask", length), (length, length), masked=True)
        mixed, self.weights = self._attend(q, k, v, mask)
        return self._scores(x, self._merge(mixed))

    def by_single_heads(self, token_ids: np.ndarray) -> np.ndarray:
        """The same scores, each head computed by `causal_self_attention` from its own part of the weights."""
        x, heads = self._stream(token_ids), []
        for head in range(N_HEADS):
            own = slice(head * D_K, (head + 1) * D_K)
            weights = [self._numbers[name][:, own] for name in ("w_q", "w_k", "w_v")]
            found = self._team.call("causal_self_attention", x, *weights)
            heads.append(self._array("causal_self_attention", found, (*x.shape[:2], D_K)))
        return self._scores(x, np.concatenate(heads, axis=-1))

    def with_cache(self, token_ids: np.ndarray) -> np.ndarray:
        """The same scores, token by token: each looks at the keys and values that the cache has kept."""
        x, cache, scores = self._stream(token_ids), (None, None), []
        for place in range(x.shape[1]):
            now = x[:, place : place + 1]
            cache = self._grown(cache, now, (len(x), place + 1, D_MODEL))
            q, k, v = map(self._split, (now @ self._numbers["w_q"], *cache))
            scores.append(self._scores(now, self._merge(self._attend(q, k, v)[0])))
        return np.concatenate(scores, axis=1)

    def _stream(self, token_ids: np.ndarray) -> np.ndarray:
        embedded = self._numbers["embeddings"][token_ids]
        found = self._team.call("add_positions", embedded, self._numbers["positions"])
        return self._array("add_positions", found, embedded.shape)

    def _split(self, x: np.ndarray) -> np.ndarray:
        found = self._team.call("split_heads", x, N_HEADS)
        return self._array("split_heads", found, (len(x), N_HEADS, x.shape[1], D_K))

    def _merge(self, heads: np.ndarray) -> np.ndarray:
        found = self._team.call("merge_heads", heads)
        return self._array("merge_heads", found, (len(heads), heads.shape[2], D_MODEL))

    def _attend(self, q: np.ndarray, k: np.ndarray, v: np.ndarray, *mask: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        found = self._team.several("scaled_attention", self._team.call("scaled_attention", q, k, v, *mask), 2)
        mixed = self._array("scaled_attention", found[0], q.shape)
        return mixed, self._array("scaled_attention", found[1], (*q.shape[:3], k.shape[2]))

    def _grown(self, cache: tuple[Any, Any], now: np.ndarray, shape: tuple[int, ...]) -> tuple[Any, Any]:
        found = self._team.call("update_kv_cache", *cache, now @ self._numbers["w_k"], now @ self._numbers["w_v"])
        keys, values = self._team.several("update_kv_cache", found, 2)
        return self._array("update_kv_cache", keys, shape), self._array("update_kv_cache", values, shape)

    def _scores(self, x: np.ndarray, mixed: np.ndarray) -> np.ndarray:
        return np.asarray((x + mixed @ self._numbers["w_o"]) @ self._numbers["out"])

    def _array(self, name: str, value: Any, shape: tuple[int, ...]) -> np.ndarray:
        return np.asarray(self._team.array(name, value, shape))
