# shows: split_heads 5.13
# The right shape with the tokens cut in pieces.


def split_heads(x, n_heads):
    batch, seq_len, d_model = x.shape
    if d_model % n_heads != 0:
        raise ValueError("cannot split")
    return x.reshape(batch, n_heads, seq_len, d_model // n_heads)
