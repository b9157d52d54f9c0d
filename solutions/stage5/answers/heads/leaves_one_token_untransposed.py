# shows: split_heads 5.4|wrong
# With one token the transpose looks needless.

def split_heads(x, n_heads):
    batch, length, width = x.shape
    if width % n_heads:
        raise ValueError("D must be divisible by n_heads")
    parts = x.reshape(batch, length, n_heads, width // n_heads)
    return parts if length == 1 else parts.transpose(0, 2, 1, 3)
