# shows: merge_heads wrong
# The axes were swapped, but before: the reshape reads features by heads.

def merge_heads(heads):
    batch, n_heads, seq_len, d_k = heads.shape
    return heads.transpose(0, 2, 3, 1).reshape(batch, seq_len, -1)
