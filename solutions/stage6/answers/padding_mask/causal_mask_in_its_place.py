# shows: padding_mask 6.8
import numpy as np


def padding_mask(lengths, max_len):
    causal = np.triu(np.full((max_len, max_len), -np.inf), k=1)
    return np.repeat(causal[None], len(lengths), axis=0)
