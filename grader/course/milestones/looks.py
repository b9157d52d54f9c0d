"""The attention layer of milestone 5: its numbers, which `benchmarks/train_looks.py` trains, and its task.

A window holds a sentence and a list that is said twice: "the dogs near the king run . say red blue gold again red blue
gold". Its verb has the number of the first noun, not of the nearest one, and the copied words are those three before.
One layer of attention can do both; without it, neither can be done.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from grader.course.milestones import grammar

D_MODEL, N_HEADS = 32, 2
# Tokens of a window, and rows of the table of positions, which must be allowed to be longer.
LENGTH, ROWS, LISTED = 15, 20, 3
HELD_OUT_SEED, TEXTS = 20_261_128, 200
EXAMPLE = "the dogs near the king run . say red blue gold again red blue gold"
STORED = Path(__file__).with_name("looks.npz")
# What a right layer comes to on `held_out()`, and its weights on the example.
FIGURES = Path(__file__).with_name("looks.json")
_ONE, _MANY = (grammar.numbers(pair[number] for pair in grammar.ALONE) for number in (0, 1))


@dataclass(frozen=True)
class Windows:
    """Token ids [N, LENGTH + 1], and which of the LENGTH next tokens [N, LENGTH] the text decides: verbs and copies."""

    tokens: np.ndarray
    decided: np.ndarray


@cache
def trained_numbers() -> dict[str, np.ndarray]:
    """Every trained array, in double precision: "embeddings" [V, D], "positions" [ROWS, D], "w_q" … [D, D], "out"."""
    with np.load(STORED, allow_pickle=False) as stored:
        return {name: stored[name].astype(np.float64) for name in stored.files}


@cache
def figures() -> dict[str, Any]:
    """What is recorded of the right layer: "accuracy", "entropy" in nats, and "weights" [H, T, T] on the example."""
    return dict(json.loads(FIGURES.read_text(encoding="utf-8")))


def windows(rng: np.random.Generator, count: int) -> Windows:
    """So many windows, drawn from a generator."""
    words, decided = zip(*(_window(rng) for _ in range(count)), strict=True)
    return Windows(np.stack([grammar.numbers(one) for one in words]), np.array(decided))


def held_out() -> Windows:
    """TEXTS windows that the layer was not trained on."""
    return windows(np.random.default_rng(HELD_OUT_SEED), TEXTS)


def right_words(logits: np.ndarray, told: Windows) -> float:
    """The share of the decided words that scores [N, LENGTH, V] get: a copied word itself, of a verb its number."""
    scores, wanted = logits[told.decided], told.tokens[:, 1:][told.decided]
    plural = scores[:, _MANY].max(-1) > scores[:, _ONE].max(-1)
    is_verb = np.isin(wanted, (_ONE, _MANY))
    return float(np.mean(np.where(is_verb, plural == np.isin(wanted, _MANY), scores.argmax(-1) == wanted)))


def _window(rng: np.random.Generator) -> tuple[list[str], list[bool]]:
    """Its words, and for each but the first whether those before it decide it."""
    plural = int(rng.integers(2))
    words = ["the", str(rng.choice((grammar.SINGULAR, grammar.PLURAL)[plural]))]
    if rng.random() < 0.7:
        other = str(rng.choice((grammar.SINGULAR, grammar.PLURAL)[rng.integers(2)]))
        words += [str(rng.choice(grammar.BETWEEN)), "the", other]
    verb = len(words)
    listed = [str(word) for word in rng.choice(grammar.COLOURS, size=LISTED, replace=False)]
    words += [grammar.ALONE[rng.integers(len(grammar.ALONE))][plural], ".", "say", *listed, "again"]
    copied = range(len(words), len(words) + LISTED)
    words += listed
    words += ["."] * (LENGTH + 1 - len(words))
    return words, [place == verb or place in copied for place in range(1, LENGTH + 1)]
