# shows: split_heads 5.4|wrong
# Thought that one head is no head.


def split_heads(x, n_heads):
    if n_heads == 1:
        return x
    batch, seq_len, d_model = x.shape
    if d_model % n_heads != 0:
        raise ValueError("cannot split")
    return x.reshape(batch, seq_len, n_heads, d_model // n_heads).transpose(0, 2, 1, 3)
