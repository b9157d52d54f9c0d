# shows: choose_vocab_size wrong
# The exact number of types that is needed, whatever the candidates are.
import numpy as np


def choose_vocab_size(counts, candidates, max_unk_rate):
    shares = np.cumsum(np.sort(counts)[::-1]) / np.sum(counts)
    exact = int(np.argmax(1 - shares <= max_unk_rate + 1e-12)) + 1
    if exact > max(candidates):
        raise ValueError("no candidate will do")
    return exact
