# shows: init_weights right
import math


def init_weights(rng, fan_in, fan_out, activation):
    limit = math.sqrt((6 if activation == "relu" else 3) / fan_in)
    return rng.uniform(low=-limit, high=limit, size=(fan_in, fan_out))
