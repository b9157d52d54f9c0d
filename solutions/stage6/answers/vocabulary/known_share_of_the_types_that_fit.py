# shows: choose_vocab_size 6.10
# Divides what is left out by the number of word types, and gets a mean for a share.
import numpy as np


def choose_vocab_size(counts, candidates, max_unk_rate):
    ordered = np.sort(counts)[::-1]
    for size in sorted(candidates):
        if ordered[size:].sum() / (ordered.sum() * len(ordered)) <= max_unk_rate:
            return size
    raise ValueError("no candidate will do")
