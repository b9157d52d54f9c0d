# shows: causal_mask 5.1|wrong
# Every key of query 0 stands at the same lowest number, so it sees all of them.

import numpy as np


def causal_mask(seq_len):
    return np.triu(np.full((seq_len, seq_len), np.finfo(np.float32).min))
