# shows: sinusoidal_positions degenerate
def sinusoidal_positions(seq_len, d_model):
    return seq_len
