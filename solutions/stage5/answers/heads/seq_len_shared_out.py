# shows: split_heads 5.4
# shape[1] is the number of positions.


def split_heads(x, n_heads):
    if x.shape[2] % n_heads != 0:
        raise ValueError("cannot split")
    d_k = x.shape[1] // n_heads
    return x.reshape(x.shape[0], x.shape[1], n_heads, d_k).transpose(0, 2, 1, 3)
