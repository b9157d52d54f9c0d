# causal_mask: a list of its rows takes 5 GB
def causal_mask(seq_len):
    return np.empty((2**29, 0))
