# causal_mask: as large as a result may be
def causal_mask(seq_len):
    return np.full((2048, 2048), np.nan, dtype=np.float16)
