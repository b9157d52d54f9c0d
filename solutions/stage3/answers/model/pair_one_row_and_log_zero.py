# shows: mlp_forward 3.10, cross_entropy 3.5
import numpy as np


def mlp_forward(context_ids, embeddings, w1, b1, w2, b2):
    x = embeddings[context_ids].reshape(1, -1)
    return np.tanh(x @ w1 + b1) @ w2 + b2


def cross_entropy(logits, targets):
    z = logits - logits.max()
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    return -np.log(p[np.arange(len(p)), targets] + 1e-10).mean()
