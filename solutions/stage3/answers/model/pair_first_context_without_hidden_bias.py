# shows: mlp_forward 3.3 3.10
import numpy as np


def mlp_forward(context_ids, embeddings, w1, b1, w2, b2):
    x = embeddings[context_ids[0]].reshape(1, -1)
    return np.repeat(np.tanh(x @ w1) @ w2 + b2, len(context_ids), axis=0)
