# shows: choose_vocab_size right
import numpy as np


def choose_vocab_size(counts, candidates, max_unk_rate):
    best = None
    ordered = -np.sort(-np.asarray(counts))
    for size in sorted(candidates, reverse=True):
        if ordered[size:].sum() > max_unk_rate * ordered.sum() + 1e-9:
            break
        best = np.int64(size)
    if best is None:
        raise ValueError("no candidate will do")
    return best
