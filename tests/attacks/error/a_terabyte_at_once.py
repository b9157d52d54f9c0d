# causal_mask: asks for a terabyte
import numpy as np
def causal_mask(seq_len):
    return np.zeros(1 << 37) + 1
