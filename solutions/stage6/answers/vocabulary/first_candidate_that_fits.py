# shows: choose_vocab_size wrong
# In the order in which they come, which need not be from small to large.
import numpy as np


def choose_vocab_size(counts, candidates, max_unk_rate):
    ordered = np.sort(counts)[::-1]
    for size in candidates:
        if ordered[size:].sum() / ordered.sum() <= max_unk_rate:
            return size
    raise ValueError("no candidate will do")
