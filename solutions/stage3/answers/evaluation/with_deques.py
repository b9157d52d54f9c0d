# shows: held_out_perplexity right
from collections import deque
from itertools import islice


def held_out_perplexity(fit, perplexity, tokens, train_fraction=0.9):
    n = int(len(tokens) * train_fraction)
    fit(deque(islice(tokens, n)))
    return perplexity(deque(islice(tokens, n, None)))
