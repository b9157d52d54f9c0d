"""`misstep milestone 5`: a trained layer of attention looks, its weights beside the right ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from grader.course.milestones import grammar
from grader.course.milestones.looks import EXAMPLE, figures, held_out, right_words
from grader.frontends.milestones.attention import NEEDED as NEEDED
from grader.frontends.milestones.attention import Attention
from grader.frontends.milestones.gpt import entropy_of
from grader.frontends.milestones.outcome import Outcome, Probe, apart, told_entropy
from grader.frontends.milestones.shades import drawing, heat_map, legend
from grader.frontends.milestones.team import Team
from grader.frontends.milestones.terminal import tell, wrapped

TITLE = "attention looks"
# The recorded weights have four decimals, and single precision is enough.
CLOSE = 1e-3
HEADS = (
    "Head 1 looks back to the noun of the verb, and to the word to be copied:",
    "Head 2 does its part of the same:",
)


def play(team: Team, outcome: Outcome) -> None:
    """Print all of it, and keep it in `outcome`. Raises Stopped."""
    layer = Attention(team)
    for probe in probes(layer, outcome):
        outcome.probes.append(tell(probe, team))
    words = EXAMPLE.split()
    layer.logits(grammar.numbers(words)[None])
    for head, (text, right) in enumerate(zip(HEADS, np.array(figures()["weights"]), strict=True)):
        print(f"\n  {text}")
        for line in heat_map(layer.weights[0, head], right, words):
            print(line)
        outcome.drawings.append(drawing(layer.weights[0, head], right, words, text.rstrip(":") + "."))
    print(wrapped(legend(), "  "))


def probes(layer: Attention, outcome: Outcome) -> Iterator[Probe]:
    """All probes, one after another. Raises Stopped, as the layer does."""
    yield accuracy(layer, outcome)
    yield entropy(layer)
    yield weights(layer)
    yield causality(layer)
    yield single_heads(layer)
    yield cache(layer)


def accuracy(layer: Attention, outcome: Outcome) -> Probe:
    """How many of the words that the text decides are got."""
    told = held_out()
    yours, right = right_words(layer.logits(told.tokens[:, :-1]), told), figures()["accuracy"]
    outcome.reached = ("accuracy", yours, right)
    text = f"{yours:.1%} of {told.decided.sum()} words that the text decides are right; the reference has {right:.1%}"
    return Probe("accuracy", abs(yours - right) <= CLOSE, text, ("5.1", "5.2", "5.3", "5.8", "5.9", "5.11", "5.13"))


def entropy(layer: Attention) -> Probe:
    """How wide attention looks, after `accuracy` has run the layer."""
    yours, right, length = entropy_of([layer.weights]), figures()["entropy"], layer.weights.shape[-1]
    text = told_entropy(yours, right, length)
    return Probe("attention", abs(yours - right) <= CLOSE, text, ("5.1", "5.2", "5.3", "5.8", "5.9", "5.14"))


def weights(layer: Attention) -> Probe:
    """How far the weights on the example are from the right ones."""
    layer.logits(grammar.numbers(EXAMPLE.split())[None])
    off = float(np.abs(layer.weights[0] - np.array(figures()["weights"])).max())
    sums = layer.weights.sum(-1)
    least, most = f"{sums.min():.3f}", f"{sums.max():.3f}"
    rows = f"{float(least):g}" if least == most else f"between {least} and {most}"
    text = f"weights differ by up to {off:.3f} from the right ones; their rows sum to {rows}"
    fine = off <= CLOSE
    return Probe("weights", fine, "weights are the right ones" if fine else text, ("5.1", "5.2", "5.6", "5.8", "5.9"))


def causality(layer: Attention) -> Probe:
    """Whether the scores of earlier words move when the last word is another one."""
    tokens = held_out().tokens[:4, :-1]
    other = tokens.copy()
    other[:, -1] = (other[:, -1] + 1) % layer.words
    before, after = layer.logits(tokens)[:, :-1], layer.logits(other)[:, :-1]
    moved = float(np.abs(after - before).max())
    how_far = f"move by up to {moved:.2g}" if moved else "do not move"
    text = f"with another last word, the scores of earlier words {how_far}"
    return Probe("causality", moved <= CLOSE * float(np.abs(before).max()), text, ("5.1", "5.9", "5.11"))


def single_heads(layer: Attention) -> Probe:
    """How far the heads that `causal_self_attention` computes are from those computed all at once."""
    words = "head by head, with causal_self_attention"
    return _apart(layer, layer.by_single_heads, "one head", words, ("5.1", "5.2", "5.9", "5.11", "5.12"))


def cache(layer: Attention) -> Probe:
    """How far the scores with a cache are from those without."""
    return _apart(layer, layer.with_cache, "cache", "word by word, with the cache", ("5.10", "5.1", "5.2"))


def _apart(
    layer: Attention, other: Callable[[np.ndarray], np.ndarray], name: str, how: str, look_at: tuple[str, ...]
) -> Probe:
    tokens = held_out().tokens[:4, :-1]
    full, found = layer.logits(tokens), other(tokens)
    off = float(np.abs(found - full).max())
    fine = off <= CLOSE * float(np.abs(full).max())
    return Probe(name, fine, f"{how}, the scores {apart(off, fine, 'computed all at once')}", look_at)
