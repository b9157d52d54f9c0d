# shows: causal_mask 5.12
import numpy as np


def causal_mask(seq_len):
    position = np.arange(seq_len)
    ahead = np.maximum(position[None, :] - position[:, None], 0)
    return -np.inf * ahead
