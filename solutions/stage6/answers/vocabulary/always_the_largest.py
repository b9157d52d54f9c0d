# shows: choose_vocab_size wrong
import numpy as np


def choose_vocab_size(counts, candidates, max_unk_rate):
    ordered = np.sort(counts)[::-1]
    fits = [n for n in candidates if ordered[n:].sum() / ordered.sum() <= max_unk_rate]
    if not fits:
        raise ValueError("no candidate will do")
    return max(candidates)
