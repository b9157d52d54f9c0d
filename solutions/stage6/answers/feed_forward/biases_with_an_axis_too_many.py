# shows: init_feed_forward wrong
import numpy as np


def init_feed_forward(rng, d_model):
    return {
        "w1": rng.normal(scale=0.02, size=(d_model, 4 * d_model)),
        "b1": np.zeros((1, 4 * d_model)),
        "w2": rng.normal(scale=0.02, size=(4 * d_model, d_model)),
        "b2": np.zeros((1, d_model)),
    }
