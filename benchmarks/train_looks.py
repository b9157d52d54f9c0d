"""Train the attention layer that `misstep milestone 5` shows, from a seed, and store its numbers.

    python benchmarks/train_looks.py [--steps 2000]

Plain numpy, Adam; half a minute on one core. The forward pass here is written apart from `solutions/`: that both agree
is tested, and means something.
"""

from __future__ import annotations

import argparse
import json

import numpy as np
from by_hand import heads, joined, outer

from grader.course.measure import softmax
from grader.course.milestones import grammar
from grader.course.milestones.looks import (
    D_MODEL,
    EXAMPLE,
    FIGURES,
    LENGTH,
    N_HEADS,
    ROWS,
    STORED,
    held_out,
    right_words,
    trained_numbers,
    windows,
)

Numbers = dict[str, np.ndarray]
D_K = D_MODEL // N_HEADS
LATER = np.triu(np.ones((LENGTH, LENGTH), bool), 1)


def fresh(rng: np.random.Generator) -> Numbers:
    """Small random numbers."""
    size = len(grammar.WORDS)
    numbers = {"embeddings": rng.normal(0, 0.5, (size, D_MODEL)), "positions": rng.normal(0, 0.5, (ROWS, D_MODEL))}
    numbers |= {name: rng.normal(0, D_MODEL**-0.5, (D_MODEL, D_MODEL)) for name in ("w_q", "w_k", "w_v", "w_o")}
    return numbers | {"out": rng.normal(0, D_MODEL**-0.5, (D_MODEL, size))}


class Layer:
    """The layer over token ids [B, T], with its gradient."""

    def __init__(self, p: Numbers, tokens: np.ndarray) -> None:
        self.p, self.tokens = p, tokens
        self.x = p["embeddings"][tokens] + p["positions"][:LENGTH]
        self.q, self.k, self.v = (heads(self.x @ p[name], N_HEADS) for name in ("w_q", "w_k", "w_v"))
        scores = self.q @ self.k.swapaxes(-1, -2) * D_K**-0.5
        self.weights = softmax(np.where(LATER, -1e9, scores))
        self.mixed = joined(self.weights @ self.v)
        self.stream = self.x + self.mixed @ p["w_o"]
        self.logits = self.stream @ p["out"]

    def back(self, grad: np.ndarray) -> Numbers:
        """The gradient by every number."""
        p, grads = self.p, {"out": outer(self.stream, grad)}
        stream = grad @ p["out"].T
        grads["w_o"] = outer(self.mixed, stream)
        mixed = heads(stream @ p["w_o"].T, N_HEADS)
        weights = mixed @ self.v.swapaxes(-1, -2)
        scores = self.weights * (weights - (weights * self.weights).sum(-1, keepdims=True)) * D_K**-0.5
        parts = {"w_q": scores @ self.k, "w_k": scores.swapaxes(-1, -2) @ self.q}
        parts["w_v"] = self.weights.swapaxes(-1, -2) @ mixed
        for name, part in parts.items():
            grads[name] = outer(self.x, joined(part))
            stream = stream + joined(part) @ p[name].T
        grads["embeddings"], grads["positions"] = np.zeros_like(p["embeddings"]), np.zeros_like(p["positions"])
        np.add.at(grads["embeddings"], self.tokens, stream)
        grads["positions"][:LENGTH] = stream.sum(0)
        return grads


def train(steps: int, seed: int = 0) -> Numbers:
    """The numbers after so many steps of Adam on batches of 64 windows that are never seen again."""
    rng = np.random.default_rng(seed)
    p = fresh(rng)
    first, second = ({name: np.zeros_like(value) for name, value in p.items()} for _ in range(2))
    for step in range(1, steps + 1):
        tokens = windows(rng, 64).tokens
        layer, targets = Layer(p, tokens[:, :-1]), tokens[:, 1:, None]
        grad = softmax(layer.logits)
        picked = np.take_along_axis(grad, targets, -1)
        np.put_along_axis(grad, targets, picked - 1, -1)
        rate = 5e-3 * min(1, step / 100) * (0.05 + 0.95 * 0.5 * (1 + np.cos(np.pi * step / steps)))
        for name, change in layer.back(grad / targets.size).items():
            first[name] += 0.1 * (change - first[name])
            second[name] += 0.01 * (change**2 - second[name])
            p[name] -= rate * first[name] / (1 - 0.9**step) / (np.sqrt(second[name] / (1 - 0.99**step)) + 1e-8)
        if step % 500 == 0 or step == 1:
            print(f"step {step:5}: loss {-np.log(picked + 1e-12).mean():.3f}", flush=True)
    return p


def figures(p: Numbers) -> dict[str, object]:
    """What the layer comes to: see `grader.course.milestones.looks.figures`."""
    told = held_out()
    layer = Layer(p, told.tokens[:, :-1])
    entropy = -(layer.weights * np.log(np.maximum(layer.weights, 1e-300))).sum(-1).mean()
    shown = Layer(p, grammar.numbers(EXAMPLE.split())[None]).weights[0]
    accuracy = right_words(layer.logits, told)
    return {"accuracy": accuracy, "entropy": float(entropy), "weights": shown.round(4).tolist()}


def main() -> None:
    """Train, round to half precision, and store the numbers with what they come to on held-out text."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--steps", type=int, default=2000, help="0: take the numbers that are stored")
    args = parser.parse_args()
    if args.steps:
        stored = {name: value.astype(np.float16) for name, value in train(args.steps).items()}
        np.savez_compressed(STORED, **stored)  # type: ignore[arg-type]
    found = figures(trained_numbers())
    FIGURES.write_text(json.dumps(found) + "\n", encoding="utf-8")
    print({name: found[name] for name in ("accuracy", "entropy")}, f"{STORED.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
