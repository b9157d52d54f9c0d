# shows: merge_heads 5.5|wrong


def merge_heads(heads):
    batch, n_heads, seq_len, d_k = heads.shape
    return heads.transpose(0, 2, 1, 3).reshape(batch, seq_len, n_heads * d_k).squeeze()
