# shows: merge_heads wrong


def merge_heads(heads):
    batch, n_heads, seq_len, d_k = heads.shape
    return heads.transpose(0, 2, 3, 1).reshape(batch, seq_len, d_k * n_heads)
