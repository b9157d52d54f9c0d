# shows: choose_vocab_size degenerate
import numpy as np


def choose_vocab_size(counts, candidates, max_unk_rate):
    return int(np.random.randint(10**6))
