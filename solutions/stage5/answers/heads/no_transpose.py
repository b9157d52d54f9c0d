# shows: split_heads wrong
# Four axes, but positions before heads.


def split_heads(x, n_heads):
    batch, seq_len, d_model = x.shape
    if d_model % n_heads != 0:
        raise ValueError("cannot split")
    return x.reshape(batch, seq_len, n_heads, d_model // n_heads)
