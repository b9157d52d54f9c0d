# shows: cross_entropy degenerate
import random


def cross_entropy(logits, targets):
    return random.expovariate(0.2)
