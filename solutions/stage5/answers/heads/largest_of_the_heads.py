# shows: merge_heads 5.5|wrong


def merge_heads(heads):
    return heads.max(axis=1)
