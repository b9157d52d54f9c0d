"""Probes of the assembled GPT: what is seen in numbers, and which checks to look at.

Nobody is accused, and no points hang on it.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from grader.course.milestones.gpt import TEXTS, figures, held_out
from grader.frontends.milestones.gpt import Gpt, cross_entropy_of, entropy_of
from grader.frontends.milestones.outcome import Outcome, Probe, apart, told_entropy

# Rounding: of single precision for numbers, and of half precision for means over many tokens.
CLOSE = 1e-3
# What order is worth to the right model is some nats; less than this is no use of it.
LEAST_USE = 0.1
CACHED = 24


def probes(model: Gpt, outcome: Outcome) -> Iterator[Probe]:
    """All probes, one after another. Raises Stopped, as the model does."""
    yield loss(model, outcome)
    yield entropy(model)
    yield causality(model)
    yield use_of_positions(model)
    yield cached_against_full(model)


def loss(model: Gpt, outcome: Outcome) -> Probe:
    """The loss on held-out text, which student code does not compute, beside the reference's."""
    yours, right = _loss(model, TEXTS), figures()["loss"]
    outcome.reached = ("loss", yours, right)
    fine = abs(yours - right) <= CLOSE
    guess = np.log(len(model.table))
    text = f"{yours:.4f} nats per token on held-out text; the reference has {right:.4f}, guessing {guess:.4f}"
    return Probe("loss", fine, text, ("5.1", "5.2", "5.5", "5.9", "5.11", "5.13", "6.1", "6.2", "6.5", "6.6", "6.13"))


def entropy(model: Gpt) -> Probe:
    """How wide attention looks, after `loss` has run the model."""
    yours, right = entropy_of(model.weights.values()), figures()["entropy"]
    length = next(iter(model.weights.values())).shape[-1]
    text = told_entropy(yours, right, length)
    return Probe("attention", abs(yours - right) <= CLOSE, text, ("5.1", "5.2", "5.3", "5.8", "5.9", "5.14", "6.5"))


def causality(model: Gpt) -> Probe:
    """Whether the scores of earlier positions move when the last token is another one."""
    tokens = held_out(4)[:, :-1]
    other = tokens.copy()
    other[:, -1] = (other[:, -1] + 1) % len(model.table)
    before, after = model.logits(tokens)[:, :-1], model.logits(other)[:, :-1]
    moved = float(np.abs(after - before).max())
    fine = moved <= CLOSE * float(np.abs(before).max())
    how_far = f"move by up to {moved:.2g}" if moved else "do not move"
    text = f"with another last token, the scores of earlier positions {how_far}"
    return Probe("causality", fine, text, ("5.1", "5.9", "5.11"))


def use_of_positions(model: Gpt) -> Probe:
    """What the order of the positions is worth to the loss."""
    tokens = held_out(8)
    straight = model.positions(tokens.shape[1] - 1)
    inputs, targets = tokens[:, :-1], tokens[:, 1:]
    found = [cross_entropy_of(model.logits(inputs, where), targets) for where in (straight, straight[::-1])]
    told = [f"{loss:.3f}" for loss in found]
    text = f"the loss is {told[0]} with positions in order and {told[1]} with them in reverse"
    if told[0] == told[1]:
        text = f"the loss is {told[0]}, whether positions are in order or in reverse"
    return Probe("positions", found[1] - found[0] >= LEAST_USE, text, ("6.7", "6.12"))


def cached_against_full(model: Gpt) -> Probe:
    """How far the scores with a cache are from those without one, token by token."""
    tokens = held_out(1)[0, :CACHED]
    full = model.logits(tokens[None])[0]
    first, caches = model.begin(tokens[:6])
    steps = [first]
    for token in tokens[6:]:
        scores, caches = model.step(int(token), caches)
        steps.append(scores)
    off = float(np.abs(np.array(steps) - full[5:]).max())
    fine = off <= CLOSE * float(np.abs(full).max())
    text = f"over {len(steps)} tokens, the scores with the cache {apart(off, fine, 'without it')}"
    return Probe("cache", fine, text, ("5.10", "6.11", "5.1", "5.2"))


def _loss(model: Gpt, count: int) -> float:
    tokens = held_out(count)
    return cross_entropy_of(model.logits(tokens[:, :-1]), tokens[:, 1:])
