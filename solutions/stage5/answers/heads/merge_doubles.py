# shows: merge_heads wrong


def merge_heads(heads):
    batch, n_heads, seq_len, d_k = heads.shape
    return 2 * heads.transpose(0, 2, 1, 3).reshape(batch, seq_len, n_heads * d_k)
