# shows: init_feed_forward right
import numpy as np


def init_feed_forward(rng, d_model):
    d_ff = 4 * d_model
    return {
        "w1": rng.random((d_model, d_ff)).astype(np.float16),
        "b1": np.zeros(d_ff, dtype=np.float16),
        "w2": rng.random((d_ff, d_model)).astype(np.float16),
        "b2": np.zeros(d_model, dtype=np.float16),
    }
