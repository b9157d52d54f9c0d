# shows: split_heads wrong
# Right where n_heads divides; where it does not, features vanish without a word.


def split_heads(x, n_heads):
    batch, seq_len, d_model = x.shape
    d_k = d_model // n_heads
    return x[..., : n_heads * d_k].reshape(batch, seq_len, n_heads, d_k).transpose(0, 2, 1, 3)
