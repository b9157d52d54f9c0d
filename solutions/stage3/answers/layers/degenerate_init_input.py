# shows: init_weights degenerate
def init_weights(rng, fan_in, fan_out, activation):
    return fan_in
