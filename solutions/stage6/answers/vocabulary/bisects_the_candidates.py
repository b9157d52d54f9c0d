# shows: choose_vocab_size right
# A larger vocabulary never leaves more unknown, so halving is safe.
import numpy as np


def choose_vocab_size(counts, candidates, max_unk_rate):
    ordered = np.sort(counts)[::-1]
    sizes = sorted(candidates)
    low, high = 0, len(sizes)
    while low < high:
        middle = (low + high) // 2
        if ordered[sizes[middle] :].sum() / ordered.sum() <= max_unk_rate:
            high = middle
        else:
            low = middle + 1
    if low == len(sizes):
        raise ValueError(f"none of {sizes} keeps the unknown share below {max_unk_rate}")
    return sizes[low]
