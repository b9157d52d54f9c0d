# shows: init_feed_forward right
import numpy as np


def init_feed_forward(rng, d_model):
    child = np.random.default_rng(int(rng.integers(2**31)))
    d_ff = d_model << 2
    return {
        "w1": child.normal(0, 1, (d_model, d_ff)),
        "b1": np.full(d_ff, 0.01),
        "w2": child.normal(0, 1, (d_ff, d_model)),
        "b2": np.full(d_model, 0.01),
    }
