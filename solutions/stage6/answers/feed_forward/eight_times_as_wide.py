# shows: init_feed_forward 6.3
from itertools import pairwise

import numpy as np


def init_feed_forward(rng, d_model):
    sizes = [d_model, 8 * d_model, d_model]
    params = {}
    for i, (n_in, n_out) in enumerate(pairwise(sizes), start=1):
        params[f"w{i}"] = rng.normal(scale=n_in**-0.5, size=(n_in, n_out))
        params[f"b{i}"] = np.zeros(n_out)
    return params
