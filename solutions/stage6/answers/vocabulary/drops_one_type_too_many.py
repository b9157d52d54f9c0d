# shows: choose_vocab_size 6.10
# Counts the types from size + 1 on as the unknown ones: off by one.
import numpy as np


def choose_vocab_size(counts, candidates, max_unk_rate):
    ordered = np.sort(counts)[::-1]
    for size in sorted(candidates):
        unknown = ordered[size + 1 :].sum()
        if unknown / ordered.sum() <= max_unk_rate:
            return size
    raise ValueError("no candidate will do")
