# shows: mlp_forward 3.3, cross_entropy 3.5
import numpy as np


def mlp_forward(context_ids, embeddings, w1, b1, w2, b2):
    x = embeddings[context_ids].reshape(len(context_ids), -1)
    return np.tanh(x @ w1) @ w2


def cross_entropy(logits, targets):
    p = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    return -np.log(p[np.arange(len(p)), targets]).mean()
