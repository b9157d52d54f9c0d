# shows: init_feed_forward 6.3
import numpy as np


def init_feed_forward(rng, d_model):
    return {
        "w1": rng.normal(scale=d_model**-0.5, size=(d_model, d_model)),
        "b1": np.zeros(d_model),
        "w2": rng.normal(scale=d_model**-0.5, size=(d_model, d_model)),
        "b2": np.zeros(d_model),
    }
