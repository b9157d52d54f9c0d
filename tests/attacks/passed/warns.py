# causal_mask: warns, divides by zero, and is right
import warnings
import numpy as np
right = causal_mask
def causal_mask(seq_len):
    warnings.simplefilter("error")
    warnings.resetwarnings()
    warnings.warn("mind the gap")
    np.float64(1) / np.float64(0)
    return right(seq_len)
