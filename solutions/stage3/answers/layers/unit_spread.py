# shows: init_weights 3.6
def init_weights(rng, fan_in, fan_out, activation):
    return rng.normal(size=(fan_in, fan_out))
