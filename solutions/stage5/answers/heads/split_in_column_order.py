# shows: split_heads right


def split_heads(x, n_heads):
    batch, seq_len, d_model = x.shape
    if d_model % n_heads != 0:
        raise ValueError("not divisible")
    return x.reshape(batch, seq_len, d_model // n_heads, n_heads, order="F").transpose(0, 3, 1, 2)
