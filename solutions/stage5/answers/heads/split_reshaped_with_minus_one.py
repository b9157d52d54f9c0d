# shows: split_heads 5.13
def split_heads(x, n_heads):
    if x.shape[-1] % n_heads:
        raise ValueError("n_heads has to divide D")
    return x.reshape(x.shape[0], n_heads, x.shape[1], -1)
