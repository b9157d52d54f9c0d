# shows: merge_heads wrong


def merge_heads(heads):
    batch, n_heads, seq_len, d_k = heads.shape
    return heads.transpose(0, 1, 3, 2).reshape(batch, n_heads * d_k, seq_len)
