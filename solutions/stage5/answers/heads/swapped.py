# shows: split_heads 5.4
# n_heads taken for the width, and the width for the number.


def split_heads(x, n_heads):
    batch, seq_len, d_model = x.shape
    if d_model % n_heads != 0:
        raise ValueError(f"{d_model} % {n_heads} != 0")
    d_k = d_model // n_heads
    return x.reshape(batch, seq_len, d_k, n_heads).transpose(0, 2, 1, 3)
