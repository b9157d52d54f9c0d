# shows: init_feed_forward right
import numpy as np


def init_feed_forward(rng, d_model):
    both = 0.02 * rng.standard_normal((2, d_model, 4 * d_model))
    return {"w1": both[0], "b1": np.zeros(4 * d_model), "w2": both[1].T, "b2": np.zeros((d_model,))}
