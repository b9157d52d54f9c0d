"""Text written by the assembled GPT, token by token, with and without the cache; and what the cache saves."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import numpy as np

from grader.course.milestones import grammar
from grader.course.milestones.gpt import LENGTH
from grader.frontends.milestones.gpt import Caches, Gpt

PROMPTS = ("the dog that the cats", "say gold red blue again")
LONG = 256


def write(model: Gpt, prompt: str, cached: bool, seed: int = 0) -> Iterator[str]:
    """The words after a prompt, up to a full stop, drawn from the model's own probabilities with a seed."""
    rng = np.random.default_rng(seed)
    ids = [grammar.STOP, *map(int, grammar.numbers(prompt.split()))]
    scores, caches = model.begin(np.array(ids)) if cached else (_last(model, ids), Caches())
    while len(ids) < LENGTH:
        chances = np.exp(scores - np.logaddexp.reduce(scores))
        # The first word whose running sum passes the drawn number: rounding does not change it.
        token = min(int(np.searchsorted(chances.cumsum(), rng.random())), len(chances) - 1)
        yield grammar.WORDS[token]
        if token == grammar.STOP:
            return
        ids.append(token)
        if cached:
            scores, caches = model.step(token, caches)
        else:
            scores = _last(model, ids)


def seconds_of_a_token(model: Gpt) -> tuple[float, float]:
    """The time of one more token after LONG of them, computed anew and with the cache; the best of three."""
    ids = [grammar.STOP, *map(int, grammar.stream(np.random.default_rng(1), LONG))]
    _, caches = model.begin(np.array(ids[:-1]))
    return _best(lambda: _last(model, ids)), _best(lambda: model.step(ids[-1], caches))


def _last(model: Gpt, ids: list[int]) -> np.ndarray:
    return np.asarray(model.logits(np.array([ids]))[0, -1])


def _best(run: Callable[[], object]) -> float:
    times = []
    for _ in range(3):
        began = time.perf_counter()
        run()
        times.append(time.perf_counter() - began)
    return min(times)
