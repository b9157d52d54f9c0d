# shows: causal_mask 5.1
# Every query still sees the next token, the very one it has to predict.

import numpy as np


def causal_mask(seq_len):
    return np.triu(np.full((seq_len, seq_len), -np.inf), k=2)
