# shows: init_feed_forward 6.3
import numpy as np


def init_feed_forward(rng, d_model):
    d_ff = d_model + 4
    return dict(
        w1=rng.normal(0, 0.02, size=(d_model, d_ff)),
        b1=np.zeros(d_ff),
        w2=rng.normal(0, 0.02, size=(d_ff, d_model)),
        b2=np.zeros(d_model),
    )
