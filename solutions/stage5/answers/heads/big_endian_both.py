# shows: split_heads right, merge_heads right


def split_heads(x, n_heads):
    if x.shape[-1] % n_heads:
        raise ValueError("not divisible")
    return x.reshape(*x.shape[:2], n_heads, x.shape[-1] // n_heads).transpose(0, 2, 1, 3).astype(">f8")


def merge_heads(heads):
    return heads.transpose(0, 2, 1, 3).reshape(heads.shape[0], heads.shape[2], -1).astype(">f8")
