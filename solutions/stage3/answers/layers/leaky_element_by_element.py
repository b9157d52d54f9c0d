# shows: leaky_relu right
import numpy as np


def leaky_relu(x, slope=0.01):
    values = [v if v > 0 else slope * v for v in np.ravel(x)]
    return np.array(values, dtype=np.float32).reshape(np.shape(x))
