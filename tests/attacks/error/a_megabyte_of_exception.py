# causal_mask: a message of a megabyte
def causal_mask(seq_len):
    raise ValueError("A" * 1_000_000)
