# shows: choose_vocab_size degenerate
import numpy as np


def choose_vocab_size(counts, candidates, max_unk_rate):
    ordered = np.sort(counts)[::-1]
    print([float(ordered[n:].sum() / ordered.sum()) for n in candidates])
