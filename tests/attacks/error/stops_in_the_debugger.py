# causal_mask: leaves a breakpoint in
def causal_mask(seq_len):
    breakpoint()
