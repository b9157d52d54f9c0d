# causal_mask: keeps arrays until there is no memory left
import numpy as np
def causal_mask(seq_len):
    kept = []
    while True:
        kept.append(np.ones(1 << 20))
