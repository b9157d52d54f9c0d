# shows: choose_vocab_size 6.10
import numpy as np


def choose_vocab_size(counts, candidates, max_unk_rate):
    ordered = np.sort(counts)[::-1]
    for size in sorted(candidates):
        if ordered[size:].sum() <= max_unk_rate * ordered.sum():
            return size
    return max(candidates)
