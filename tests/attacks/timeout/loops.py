# causal_mask: loops for ever
def causal_mask(seq_len):
    while True:
        pass
