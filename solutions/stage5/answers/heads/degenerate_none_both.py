# shows: split_heads degenerate, merge_heads degenerate


def split_heads(x, n_heads):
    heads = x.reshape(x.shape[0], x.shape[1], n_heads, -1)


def merge_heads(heads):
    return None
