"""The small GPT of milestone 6: its numbers, which `benchmarks/train_milestone.py` trains, and its text."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from grader.course.milestones import grammar

D_MODEL, N_HEADS, LAYERS = 64, 4, 2
# Tokens that a window of the training text had; no longer text is asked of the model.
LENGTH = 32
HELD_OUT_SEED = 20_261_127
STORED = Path(__file__).with_name("gpt.npz")
# What a right model comes to on `held_out(TEXTS)`: the loss in nats per token, the mean entropy of its attention.
FIGURES = Path(__file__).with_name("gpt.json")
TEXTS = 64
# A head that looks where a list was said first, by layer and place, and what it is shown.
LAYER, HEAD = 1, 3
EXAMPLE = ". say gold red blue again gold red blue"
# What training by right functions came to: the losses every so many steps, and the honest loss at the end.
TRAINING = Path(__file__).with_name("gpt_training.json")
# `--train`: so many steps on batches of shorter windows, and the texts of the honest loss.
STEPS, EVERY, BATCH, WINDOW, HONEST_TEXTS, SEED = 400, 40, 12, 24, 16, 6


@cache
def trained_numbers() -> dict[str, np.ndarray]:
    """Every trained array, in double precision: "token_embedding" [V, D], "0.w_q" [D, D], "norm.gamma" [D] …"""
    with np.load(STORED, allow_pickle=False) as stored:
        return {name: stored[name].astype(np.float64) for name in stored.files}


def held_out(count: int) -> np.ndarray:
    """Token ids [count, LENGTH + 1] of text that the model was not trained on."""
    return grammar.windows(np.random.default_rng(HELD_OUT_SEED), count, LENGTH + 1)


@cache
def figures() -> dict[str, Any]:
    """What is recorded of the right model: "loss" and "entropy", in nats, and a head's "weights" [T, T] on EXAMPLE."""
    return dict(json.loads(FIGURES.read_text(encoding="utf-8")))


@cache
def training_figures() -> dict[str, Any]:
    """What is recorded of `--train`: "losses" after every EVERY steps, and "honest", in nats."""
    return dict(json.loads(TRAINING.read_text(encoding="utf-8")))
