# shows: init_feed_forward degenerate
import numpy as np


def init_feed_forward(rng, d_model):
    d_ff = 4 * d_model
    return {
        "w1": np.full((d_model, d_ff), np.nan),
        "b1": np.full(d_ff, np.nan),
        "w2": np.full((d_ff, d_model), np.nan),
        "b2": np.full(d_model, np.nan),
    }
