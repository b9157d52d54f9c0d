# shows: causal_mask degenerate


def causal_mask(seq_len):
    return 0.0
