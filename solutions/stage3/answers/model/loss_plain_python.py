# shows: cross_entropy right
from math import exp, log


def cross_entropy(logits, targets):
    losses = []
    for row, target in zip(logits.tolist(), targets.tolist(), strict=True):
        top = max(row)
        losses.append(log(sum(exp(score - top) for score in row)) + top - row[target])
    return sum(losses) / len(losses)
