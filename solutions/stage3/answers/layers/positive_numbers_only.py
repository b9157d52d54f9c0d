# shows: init_weights 3.6|wrong
def init_weights(rng, fan_in, fan_out, activation):
    return rng.random((fan_in, fan_out))
