# shows: init_weights 3.6
def init_weights(rng, fan_in, fan_out, activation):
    return 0.01 * rng.standard_normal((fan_in, fan_out))
