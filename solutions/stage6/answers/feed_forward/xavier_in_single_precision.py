# shows: init_feed_forward right
import numpy as np


def init_feed_forward(rng, d_model):
    d_ff = 4 * d_model
    spread = np.sqrt(2 / (d_model + d_ff))
    draw = lambda *shape: (spread * rng.standard_normal(shape)).astype(np.float32)  # noqa: E731
    b1, b2 = np.zeros(d_ff, dtype=np.float32), np.zeros(d_model, dtype=np.float32)
    return {"w1": draw(d_model, d_ff), "b1": b1, "w2": draw(d_ff, d_model), "b2": b2}
