# shows: init_feed_forward degenerate
import numpy as np


def init_feed_forward(rng, d_model):
    shapes = {"w1": (d_model, 4 * d_model), "b1": 4 * d_model, "w2": (4 * d_model, d_model), "b2": d_model}
    return {name: np.full(shape, 0.5) for name, shape in shapes.items()}
