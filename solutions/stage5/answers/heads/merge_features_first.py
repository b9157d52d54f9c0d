# shows: merge_heads wrong
# The features come to the front, and the positions get torn apart.


def merge_heads(heads):
    batch, n_heads, seq_len, d_k = heads.shape
    return heads.transpose(0, 3, 2, 1).reshape(batch, seq_len, n_heads * d_k)
