# shows: mlp_forward 3.3
import numpy as np


def mlp_forward(context_ids, embeddings, w1, b1, w2, b2):
    b1, b2 = np.zeros(w1.shape[1]), np.zeros(w2.shape[1])
    x = embeddings[context_ids].reshape(len(context_ids), -1)
    return np.tanh(x @ w1 + b1) @ w2 + b2
