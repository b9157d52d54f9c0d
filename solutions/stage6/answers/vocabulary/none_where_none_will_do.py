# shows: choose_vocab_size wrong
import numpy as np


def choose_vocab_size(counts, candidates, max_unk_rate):
    ordered = np.sort(counts)[::-1]
    for size in sorted(candidates):
        if ordered[size:].sum() / ordered.sum() <= max_unk_rate:
            return size
    return None
