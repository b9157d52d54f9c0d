# shows: choose_vocab_size right
import numpy as np


def choose_vocab_size(counts, candidates, max_unk_rate):
    by_frequency = np.argsort(counts)[::-1].tolist()
    fitting = []
    for size in candidates:
        known = set(by_frequency[:size])
        unknown = sum(int(n) for word, n in enumerate(counts) if word not in known)
        if unknown / int(np.sum(counts)) <= max_unk_rate:
            fitting.append(int(size))
    return min(fitting)
