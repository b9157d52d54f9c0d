# shows: choose_vocab_size 6.10
# 14.9% is 10% when it is rounded to one digit.
import numpy as np


def choose_vocab_size(counts, candidates, max_unk_rate):
    ordered = np.sort(counts)[::-1]
    for size in sorted(candidates):
        share = round(float(ordered[size:].sum() / ordered.sum()), 1)
        if share <= round(max_unk_rate, 1):
            return size
    raise ValueError("no candidate will do")
