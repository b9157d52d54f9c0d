# shows: init_feed_forward right
import numpy as np


def init_feed_forward(rng, d_model):
    d_ff = 4 * d_model
    return {
        "d_model": d_model,
        "d_ff": d_ff,
        "activation": "gelu",
        "w1": rng.laplace(scale=0.05, size=(d_model, d_ff)),
        "b1": np.zeros(d_ff),
        "w2": rng.laplace(scale=0.05, size=(d_ff, d_model)),
        "b2": np.zeros(d_model),
    }
