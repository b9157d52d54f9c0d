# shows: causal_mask degenerate

import numpy as np


def causal_mask(seq_len):
    mask = np.triu(np.full((seq_len, seq_len), -np.inf), k=1)
