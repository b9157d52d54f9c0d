# shows: choose_vocab_size right
import numpy as np


def choose_vocab_size(counts, candidates, max_unk_rate):
    ordered = np.sort(counts)
    sizes = np.array(sorted(candidates))
    n_types = len(ordered)
    unknown = np.array([ordered[: max(0, n_types - size)].sum() for size in sizes])
    sizes = sizes[unknown / ordered.sum() <= max_unk_rate]
    if len(sizes) == 0:
        raise ValueError
    return np.array(sizes.min(), dtype=np.int32)
