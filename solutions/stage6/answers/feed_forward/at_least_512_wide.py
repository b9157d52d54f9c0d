# shows: init_feed_forward 6.3
import numpy as np


def init_feed_forward(rng, d_model):
    d_ff = max(4 * d_model, 512)
    return {
        "w1": rng.normal(scale=d_model**-0.5, size=(d_model, d_ff)),
        "b1": np.zeros(d_ff),
        "w2": rng.normal(scale=d_ff**-0.5, size=(d_ff, d_model)),
        "b2": np.zeros(d_model),
    }
