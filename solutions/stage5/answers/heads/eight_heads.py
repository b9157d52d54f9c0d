# shows: split_heads 5.4


def split_heads(x, n_heads):
    batch, seq_len, d_model = x.shape
    if d_model % n_heads:
        raise ValueError("d_model must be a multiple of n_heads")
    n_heads = 8
    return x.reshape(batch, seq_len, n_heads, d_model // n_heads).transpose(0, 2, 1, 3)
