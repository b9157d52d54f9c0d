# shows: choose_vocab_size right
import numpy as np


def choose_vocab_size(counts, candidates, max_unk_rate):
    covered = np.concatenate([[0], np.cumsum(np.sort(counts)[::-1])])
    sizes = np.sort(np.asarray(candidates))
    unknown = covered[-1] - covered[np.minimum(sizes, len(counts))]
    enough = unknown / covered[-1] <= max_unk_rate
    if not enough.any():
        raise ValueError("no candidate will do")
    return sizes[np.argmax(enough)]
