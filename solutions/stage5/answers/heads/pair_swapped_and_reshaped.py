# shows: split_heads 5.4, merge_heads 5.13
def split_heads(x, n_heads):
    batch, seq_len, d_model = x.shape
    if d_model % n_heads:
        raise ValueError("n_heads has to divide D")
    return x.reshape(batch, seq_len, d_model // n_heads, n_heads).transpose(0, 2, 1, 3)


def merge_heads(heads):
    batch, n_heads, seq_len, d_k = heads.shape
    return heads.reshape(batch, seq_len, d_k * n_heads)
