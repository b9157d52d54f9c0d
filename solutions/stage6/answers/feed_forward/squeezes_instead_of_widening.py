# shows: init_feed_forward 6.3
# Divided where the paper multiplies: a bottleneck.
import numpy as np


def init_feed_forward(rng, d_model):
    d_ff = max(1, d_model // 4)
    return {
        "w1": rng.uniform(-0.1, 0.1, size=(d_model, d_ff)),
        "b1": np.zeros(d_ff),
        "w2": rng.uniform(-0.1, 0.1, size=(d_ff, d_model)),
        "b2": np.zeros(d_model),
    }
