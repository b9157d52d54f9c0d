# shows: choose_vocab_size error|wrong
import numpy as np


def choose_vocab_size(counts, candidates, max_unk_rate):
    ordered = np.sort(counts)[::-1]
    fits = [n for n in sorted(candidates) if ordered[n:].sum() / ordered.sum() <= max_unk_rate]
    return fits[0]
