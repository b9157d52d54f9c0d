# shows: split_heads error
# An error for what does not divide is right, an error for everything is not.


def split_heads(x, n_heads):
    raise ValueError("d_model must be divisible by n_heads")
