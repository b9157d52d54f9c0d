# shows: split_heads right
# Any exception says no.


def split_heads(x, n_heads):
    batch, seq_len, d_model = x.shape
    assert d_model % n_heads == 0, "d_model must be divisible by n_heads"
    return x.reshape(batch, seq_len, n_heads, d_model // n_heads).transpose(0, 2, 1, 3)
