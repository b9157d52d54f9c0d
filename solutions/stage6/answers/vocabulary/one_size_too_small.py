# shows: choose_vocab_size 6.10
# Steps down once more after the size that would do.
import numpy as np


def choose_vocab_size(counts, candidates, max_unk_rate):
    ordered = np.sort(counts)[::-1]
    sizes = sorted(candidates)
    enough = [s for s in sizes if ordered[s:].sum() / ordered.sum() <= max_unk_rate]
    if not enough:
        raise ValueError("no candidate will do")
    return sizes[max(0, sizes.index(enough[0]) - 1)]
