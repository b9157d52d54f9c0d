# shows: init_feed_forward wrong
import numpy as np


def init_feed_forward(rng, d_model):
    d_ff = 4 * d_model
    return {
        "w1": np.random.randn(d_model, d_ff) * 0.02,
        "b1": np.zeros(d_ff),
        "w2": np.random.randn(d_ff, d_model) * 0.02,
        "b2": np.zeros(d_model),
    }
