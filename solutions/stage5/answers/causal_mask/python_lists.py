# shows: causal_mask wrong
# The right numbers, but in lists: an array was asked.


def causal_mask(seq_len):
    return [[0.0 if key <= query else float("-inf") for key in range(seq_len)] for query in range(seq_len)]
