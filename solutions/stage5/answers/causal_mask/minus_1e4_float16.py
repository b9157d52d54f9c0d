# shows: causal_mask right
# -1e9 would overflow in half precision, -1e4 does not.

import numpy as np


def causal_mask(seq_len):
    return (np.triu(np.ones((seq_len, seq_len)), k=1) * -1e4).astype(np.float16)
