# shows: merge_heads 5.13
def merge_heads(heads):
    return heads.reshape(heads.shape[0], heads.shape[2], -1)
