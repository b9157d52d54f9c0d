# shows: linear right
import numpy as np


def linear(x, weight, bias):
    with_one = np.concatenate([x, np.ones((len(x), 1))], axis=1)
    return with_one @ np.vstack([weight, bias])
