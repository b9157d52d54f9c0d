# shows: merge_heads 5.13
# The right shape, with heads and positions mixed up.


def merge_heads(heads):
    batch, n_heads, seq_len, d_k = heads.shape
    return heads.reshape(batch, seq_len, n_heads * d_k)
