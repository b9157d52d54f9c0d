# causal_mask: closes every descriptor
import os
def causal_mask(seq_len):
    os.closerange(0, 1000)
