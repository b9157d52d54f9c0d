# shows: leaky_relu 3.7
# slope * x comes first and is then lifted to zero with the rest.
import numpy as np


def leaky_relu(x, slope=0.01):
    leaky = np.where(x < 0, slope * x, x)
    return np.clip(leaky, 0, None)
