# causal_mask: in float64 it is eight times as much, in each of several copies
def causal_mask(seq_len):
    return np.zeros(63 << 20, dtype=np.uint8)
