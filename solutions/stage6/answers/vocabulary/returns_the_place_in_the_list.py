# shows: choose_vocab_size 6.10|wrong
import numpy as np


def choose_vocab_size(counts, candidates, max_unk_rate):
    ordered = np.sort(counts)[::-1]
    for place, size in enumerate(sorted(candidates)):
        if ordered[size:].sum() / ordered.sum() <= max_unk_rate:
            return place
    raise ValueError("no candidate will do")
