# shows: padding_mask degenerate
def padding_mask(lengths, max_len):
    return lengths
