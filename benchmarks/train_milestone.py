"""Train the two-layer GPT that `misstep milestone 6` runs, from a seed, and store its numbers.

    python benchmarks/train_milestone.py [--steps 1500]

Plain numpy, single precision, Adam. On one core it takes some minutes. The forward pass here is written apart from
`solutions/`: that both agree is tested, and means something.
"""

from __future__ import annotations

import argparse
import json
import time

import numpy as np
from by_hand import heads, joined, outer

from grader.course.milestones import grammar
from grader.course.milestones.gpt import (
    D_MODEL,
    EXAMPLE,
    FIGURES,
    HEAD,
    LAYER,
    LAYERS,
    LENGTH,
    N_HEADS,
    STORED,
    TEXTS,
    held_out,
    trained_numbers,
)

Numbers = dict[str, np.ndarray]
D_K = D_MODEL // N_HEADS
EPS = 1e-5


def fresh(rng: np.random.Generator) -> Numbers:
    """Small random numbers; the residual branches begin smaller."""
    numbers = {"token_embedding": rng.normal(0, D_MODEL**-0.5, (len(grammar.WORDS), D_MODEL))}
    for layer in range(LAYERS):
        for name, fans in {
            "w_q": (1, 1),
            "w_k": (1, 1),
            "w_v": (1, 1),
            "w_o": (1, 1),
            "w1": (1, 4),
            "w2": (4, 1),
        }.items():
            shape = (D_MODEL * fans[0], D_MODEL * fans[1])
            scale = shape[0] ** -0.5 * (0.5 if name in ("w_o", "w2") else 1.0)
            numbers[f"{layer}.{name}"] = rng.normal(0, scale, shape)
        numbers[f"{layer}.b1"], numbers[f"{layer}.b2"] = np.zeros(4 * D_MODEL), np.zeros(D_MODEL)
    for norm in (*(f"{layer}.norm{which}" for layer in range(LAYERS) for which in (1, 2)), "norm"):
        numbers[f"{norm}.gamma"], numbers[f"{norm}.beta"] = np.ones(D_MODEL), np.zeros(D_MODEL)
    return {name: value.astype(np.float32) for name, value in numbers.items()}


def positions(length: int) -> np.ndarray:
    """The sinusoids of Vaswani et al. 2017, section 3.5."""
    angle = np.arange(length)[:, None] / 10000.0 ** (np.arange(0, D_MODEL, 2) / D_MODEL)
    return np.stack([np.sin(angle), np.cos(angle)], axis=-1).reshape(length, D_MODEL).astype(np.float32)


class Norm:
    """A layer norm with its gradient."""

    def __init__(self, p: Numbers, name: str, x: np.ndarray) -> None:
        self.name, self.gamma = name, p[f"{name}.gamma"]
        self.inverse = 1 / np.sqrt(x.var(-1, keepdims=True) + EPS)
        self.normal = (x - x.mean(-1, keepdims=True)) * self.inverse
        self.out = self.normal * self.gamma + p[f"{name}.beta"]

    def back(self, grad: np.ndarray, grads: Numbers) -> np.ndarray:
        """The gradient of x."""
        grads[f"{self.name}.gamma"] = (grad * self.normal).sum((0, 1))
        grads[f"{self.name}.beta"] = grad.sum((0, 1))
        grad = grad * self.gamma
        along = (grad * self.normal).mean(-1, keepdims=True)
        return self.inverse * (grad - grad.mean(-1, keepdims=True) - self.normal * along)


class Block:
    """A pre-norm block with its gradient."""

    def __init__(self, p: Numbers, layer: int, x: np.ndarray) -> None:
        self.p, self.layer = p, f"{layer}."
        self.norm1 = Norm(p, f"{layer}.norm1", x)
        n = self.norm1.out
        self.q, self.k, self.v = (heads(n @ self.of(name), N_HEADS) for name in ("w_q", "w_k", "w_v"))
        scores = self.q @ self.k.swapaxes(-1, -2) * np.float32(D_K**-0.5)
        scores[..., np.triu(np.ones(scores.shape[-2:], bool), 1)] = -1e9
        weights = np.exp(scores - scores.max(-1, keepdims=True))
        self.weights = weights / weights.sum(-1, keepdims=True)
        self.mixed = joined(self.weights @ self.v)
        x = x + self.mixed @ self.of("w_o")
        self.norm2 = Norm(p, f"{layer}.norm2", x)
        self.hidden = np.maximum(0, self.norm2.out @ self.of("w1") + self.of("b1"))
        self.out = x + self.hidden @ self.of("w2") + self.of("b2")

    def of(self, name: str) -> np.ndarray:
        return self.p[self.layer + name]

    def back(self, grad: np.ndarray, grads: Numbers) -> np.ndarray:
        """The gradient of x."""
        put = lambda name, value: grads.__setitem__(self.layer + name, value)  # noqa: E731
        put("w2", outer(self.hidden, grad))
        put("b2", grad.sum((0, 1)))
        inner = grad @ self.of("w2").T * (self.hidden > 0)
        put("w1", outer(self.norm2.out, inner))
        put("b1", inner.sum((0, 1)))
        grad = grad + self.norm2.back(inner @ self.of("w1").T, grads)
        put("w_o", outer(self.mixed, grad))
        mixed = heads(grad @ self.of("w_o").T, N_HEADS)
        weights = mixed @ self.v.swapaxes(-1, -2)
        scores = self.weights * (weights - (weights * self.weights).sum(-1, keepdims=True)) * np.float32(D_K**-0.5)
        parts = {"w_q": scores @ self.k, "w_k": scores.swapaxes(-1, -2) @ self.q}
        parts["w_v"] = self.weights.swapaxes(-1, -2) @ mixed
        inside = np.zeros_like(grad)
        for name, part in parts.items():
            part = joined(part)
            put(name, outer(self.norm1.out, part))
            inside += part @ self.of(name).T
        return grad + self.norm1.back(inside, grads)


def loss_and_grads(p: Numbers, tokens: np.ndarray) -> tuple[float, Numbers]:
    """The mean cross-entropy in nats of [B, T + 1] tokens, and its gradient by every number."""
    inputs, targets = tokens[:, :-1], tokens[:, 1:]
    scale = np.float32(D_MODEL**0.5)
    x = p["token_embedding"][inputs] * scale + positions(inputs.shape[1])
    blocks = []
    for layer in range(LAYERS):
        blocks.append(Block(p, layer, x))
        x = blocks[-1].out
    norm = Norm(p, "norm", x)
    logits = norm.out @ p["token_embedding"].T
    exps = np.exp(logits - logits.max(-1, keepdims=True))
    probabilities = exps / exps.sum(-1, keepdims=True)
    picked = np.take_along_axis(probabilities, targets[..., None], -1)
    loss = float(-np.log(picked + 1e-12).mean())
    np.put_along_axis(probabilities, targets[..., None], picked - 1, -1)
    grad, grads = probabilities / targets.size, {}
    table = outer(grad, norm.out)
    grad = norm.back(grad @ p["token_embedding"], grads)
    for block in reversed(blocks):
        grad = block.back(grad, grads)
    np.add.at(table, inputs, grad * scale)
    grads["token_embedding"] = table
    return loss, grads


def train(steps: int, seed: int = 0) -> Numbers:
    """The numbers after so many steps of Adam on batches of 32 windows that are never seen again."""
    rng = np.random.default_rng(seed)
    p = fresh(rng)
    first, second = ({name: np.zeros_like(value) for name, value in p.items()} for _ in range(2))
    began = time.perf_counter()
    for step in range(1, steps + 1):
        loss, grads = loss_and_grads(p, grammar.windows(rng, 32, LENGTH + 1))
        rate = 3e-3 * min(1, step / 100) * (0.05 + 0.95 * 0.5 * (1 + np.cos(np.pi * step / steps)))
        for name, grad in grads.items():
            first[name] += 0.1 * (grad - first[name])
            second[name] += 0.01 * (grad**2 - second[name])
            change = first[name] / (1 - 0.9**step) / (np.sqrt(second[name] / (1 - 0.99**step)) + 1e-8)
            p[name] = (p[name] - rate * change).astype(np.float32)
        if step % 100 == 0 or step == 1:
            print(f"step {step:5}: loss {loss:.3f} ({time.perf_counter() - began:.0f} s)", flush=True)
    return p


def figures(numbers: Numbers) -> dict[str, object]:
    """What the model comes to on held-out text: see `grader.course.milestones.gpt.figures`."""
    p = {name: value.astype(np.float64) for name, value in numbers.items()}
    tokens = held_out(TEXTS)
    entropies = [-(w * np.log(np.maximum(w, 1e-300))).sum(-1).mean() for w in attention(p, tokens[:, :-1])]
    shown = attention(p, grammar.numbers(EXAMPLE.split())[None])[LAYER][0, HEAD].round(4).tolist()
    return {"loss": loss_and_grads(p, tokens)[0], "entropy": float(np.mean(entropies)), "weights": shown}


def attention(p: Numbers, tokens: np.ndarray) -> list[np.ndarray]:
    """The attention weights [B, H, T, T] of each layer."""
    x = p["token_embedding"][tokens] * D_MODEL**0.5 + positions(tokens.shape[1])
    found = []
    for layer in range(LAYERS):
        block = Block(p, layer, x)
        x = block.out
        found.append(block.weights)
    return found


def main() -> None:
    """Train, round to half precision, and store the numbers with what they come to on held-out text."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--steps", type=int, default=1500, help="0: take the numbers that are stored")
    args = parser.parse_args()
    if args.steps:
        stored = {name: value.astype(np.float16) for name, value in train(args.steps).items()}
        np.savez_compressed(STORED, **stored)  # type: ignore[arg-type]
    found = figures(trained_numbers())
    FIGURES.write_text(json.dumps(found) + "\n", encoding="utf-8")
    count = sum(value.size for value in trained_numbers().values())
    print(f"loss {found['loss']:.4f}, {count:,} numbers, {STORED.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
