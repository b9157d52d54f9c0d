# shows: split_heads degenerate, merge_heads degenerate


def split_heads(x, n_heads):
    return x


def merge_heads(heads):
    return heads
