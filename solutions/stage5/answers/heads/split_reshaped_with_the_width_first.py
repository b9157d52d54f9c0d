# shows: split_heads 5.4
# Straight and swapped: d_k heads of n_heads features.

def split_heads(x, n_heads):
    batch, seq_len, d_model = x.shape
    if d_model % n_heads:
        raise ValueError
    return x.reshape(batch, d_model // n_heads, seq_len, n_heads)
