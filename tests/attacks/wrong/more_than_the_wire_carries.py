# causal_mask: returns an array above the cap of a message
import numpy as np
def causal_mask(seq_len):
    return np.zeros(9 << 20)
