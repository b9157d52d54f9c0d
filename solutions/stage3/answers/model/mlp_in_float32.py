# shows: mlp_forward right
import numpy as np


def mlp_forward(context_ids, *arrays):
    E, W, b, U, d = [np.asarray(a, dtype="float32") for a in arrays]
    x = E[context_ids].reshape(len(context_ids), -1)
    return d + np.tanh(b + x @ W) @ U
