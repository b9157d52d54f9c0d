# shows: choose_vocab_size 6.10
# Words that occur once are taken for misprints, and are neither known nor unknown.
import numpy as np


def choose_vocab_size(counts, candidates, max_unk_rate):
    ordered = np.sort(counts[counts > 1])[::-1]
    total = ordered.sum()
    for size in sorted(candidates):
        if total == 0 or ordered[size:].sum() / total <= max_unk_rate:
            return size
    raise ValueError("no candidate will do")
