# shows: split_heads 5.13, merge_heads 5.13
# The round trip is fine, and both ways are wrong.

def split_heads(x, n_heads):
    batch, seq_len, d_model = x.shape
    if d_model % n_heads:
        raise ValueError("n_heads has to divide D")
    return x.reshape(batch, n_heads, seq_len, d_model // n_heads)


def merge_heads(heads):
    batch, n_heads, seq_len, d_k = heads.shape
    return heads.reshape((batch, seq_len, n_heads * d_k))
