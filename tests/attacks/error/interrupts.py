# causal_mask: pretends that somebody pressed Ctrl-C
def causal_mask(seq_len):
    raise KeyboardInterrupt
