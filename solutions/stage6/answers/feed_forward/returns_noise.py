# shows: init_feed_forward degenerate
import numpy as np


def init_feed_forward(rng, d_model):
    return np.random.normal(size=(d_model, 4 * d_model))
