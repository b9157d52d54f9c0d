# shows: init_feed_forward 6.3
# Two thirds of 4 D, as gated networks have it, which own a third matrix.
import numpy as np


def init_feed_forward(rng, d_model):
    d_ff = int(8 * d_model / 3)
    w1 = rng.normal(scale=0.1, size=(d_model, d_ff)).astype(np.float32)
    w2 = rng.normal(scale=0.1, size=(d_ff, d_model)).astype(np.float32)
    return {"w1": w1, "b1": np.zeros(d_ff), "w2": w2, "b2": np.zeros(d_model)}
