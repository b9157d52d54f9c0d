# shows: linear 3.3, init_weights 3.6
def linear(x, weight, bias=None):
    return x.dot(weight)


def init_weights(rng, fan_in, fan_out, activation="tanh"):
    return rng.standard_normal(size=(fan_in, fan_out))
