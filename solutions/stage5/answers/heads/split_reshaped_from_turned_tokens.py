# shows: split_heads wrong
# Tokens and features swapped first, then reshaped: features stand in rows.

def split_heads(x, n_heads):
    batch, seq_len, d_model = x.shape
    if d_model % n_heads != 0:
        raise ValueError("cannot split")
    return x.transpose(0, 2, 1).reshape(batch, n_heads, seq_len, -1)
