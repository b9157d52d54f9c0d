# shows: init_feed_forward 6.3
import numpy as np


def init_feed_forward(rng, d_model):
    d_ff = 2 * d_model
    w1 = rng.standard_normal((d_model, d_ff)) * np.sqrt(2 / d_model)
    w2 = rng.standard_normal((d_ff, d_model)) * np.sqrt(2 / d_ff)
    return {"w1": w1, "b1": np.zeros(d_ff), "w2": w2, "b2": np.zeros(d_model)}
