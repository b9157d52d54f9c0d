# causal_mask: each is small enough
def causal_mask(seq_len):
    return [np.zeros((1000, 1000), dtype=np.uint8)] * 40
