# shows: init_feed_forward right
from collections import OrderedDict

import numpy as np


def init_feed_forward(rng, d_model):
    params = OrderedDict()
    for name, n_in, n_out in [("2", 4 * d_model, d_model), ("1", d_model, 4 * d_model)]:
        params["w" + name] = np.array([rng.normal(0, n_in**-0.5, n_out) for _ in range(n_in)])
        params["b" + name] = np.zeros(n_out)
    return params
