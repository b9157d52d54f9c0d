# shows: mlp_forward wrong
import numpy as np


def mlp_forward(context_ids, embeddings, w1, b1, w2, b2):
    newest_first = context_ids[:, ::-1]
    x = embeddings[newest_first].reshape(len(context_ids), -1)
    return np.tanh(x @ w1 + b1) @ w2 + b2
