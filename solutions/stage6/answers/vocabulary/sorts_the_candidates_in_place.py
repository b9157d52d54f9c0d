# shows: choose_vocab_size error
# Sorts in place and takes the None that sort returns.
import numpy as np


def choose_vocab_size(counts, candidates, max_unk_rate):
    sizes = list(candidates).sort()
    ordered = np.sort(counts)[::-1]
    for size in sizes:
        if ordered[size:].sum() / ordered.sum() <= max_unk_rate:
            return size
    raise ValueError("no candidate will do")
