# shows: init_feed_forward error
import numpy as np


def init_feed_forward(rng, d_model):
    d_ff = d_model * np.sqrt(16)
    return {
        "w1": rng.normal(size=(d_model, d_ff)),
        "b1": np.zeros(d_ff),
        "w2": rng.normal(size=(d_ff, d_model)),
        "b2": np.zeros(d_model),
    }
