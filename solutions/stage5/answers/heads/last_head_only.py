# shows: merge_heads 5.5
# The loop overwrites instead of joining.


def merge_heads(heads):
    for h in range(heads.shape[1]):
        merged = heads[:, h]
    return merged
