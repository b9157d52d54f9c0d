# shows: split_heads wrong
# Right for a batch; a single sequence is reshaped straight.

def split_heads(x, n_heads):
    batch, seq_len, d_model = x.shape
    if d_model % n_heads != 0:
        raise ValueError("cannot split")
    if batch == 1:
        return x.reshape(1, n_heads, seq_len, -1)
    return x.reshape(batch, seq_len, n_heads, -1).transpose(0, 2, 1, 3)
