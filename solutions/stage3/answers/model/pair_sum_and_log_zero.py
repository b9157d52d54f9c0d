# shows: mlp_forward 3.4, cross_entropy 3.5
import numpy as np


def mlp_forward(context_ids, embeddings, w1, b1, w2, b2):
    x = embeddings[context_ids].sum(axis=1)
    return np.tanh(x @ w1 + b1) @ w2 + b2


def cross_entropy(logits, targets):
    e = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return float(np.mean(-np.log(e[np.arange(len(e)), targets] / e.sum(axis=-1))))
