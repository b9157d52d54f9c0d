# shows: init_feed_forward wrong
import numpy as np


def init_feed_forward(rng, d_model):
    d_ff = 4 * d_model
    return {
        "w1": np.ones((d_model, d_ff)),
        "b1": np.zeros(d_ff),
        "w2": rng.normal(scale=0.02, size=(d_ff, d_model)),
        "b2": np.zeros(d_model),
    }
