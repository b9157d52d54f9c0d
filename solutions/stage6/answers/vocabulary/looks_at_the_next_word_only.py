# shows: choose_vocab_size 6.10
# The first word left out is rare enough; all the others are not looked at.
import numpy as np


def choose_vocab_size(counts, candidates, max_unk_rate):
    ordered = np.sort(counts)[::-1]
    for size in sorted(candidates):
        if size >= len(ordered) or ordered[size] / ordered.sum() <= max_unk_rate:
            return int(size)
    raise ValueError("no candidate will do")
