# shows: choose_vocab_size 6.10
# The mean share of a left-out word, where the sum of all of them is asked.
import numpy as np


def choose_vocab_size(counts, candidates, max_unk_rate):
    shares = np.sort(counts / counts.sum())[::-1]
    for size in sorted(candidates):
        left_out = shares[size:]
        if left_out.size == 0 or left_out.mean() <= max_unk_rate:
            return size
    raise ValueError("no candidate will do")
