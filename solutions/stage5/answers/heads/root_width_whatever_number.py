# shows: split_heads 5.4


def split_heads(x, n_heads):
    batch, seq_len, d_model = x.shape
    if d_model % n_heads != 0:
        raise ValueError("cannot split")
    d_k = int(d_model ** 0.5)
    whole = d_model // d_k
    return x[..., : whole * d_k].reshape(batch, seq_len, whole, d_k).transpose(0, 2, 1, 3)
