# shows: merge_heads 5.5
# Stops halfway: the head axis is still there.


def merge_heads(heads):
    return heads.transpose(0, 2, 1, 3)
