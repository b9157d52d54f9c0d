# causal_mask: recurses without an end
def causal_mask(seq_len):
    return causal_mask(seq_len)
