# causal_mask: a hundred thousand items in each of a hundred thousand
def causal_mask(seq_len):
    rows = [0] * 50_000
    return [[rows] * 50_000] * 50_000
