# shows: mlp_forward 3.3, cross_entropy 3.12
import numpy as np


def mlp_forward(context_ids, embeddings, w1, b1, w2, b2):
    x = embeddings[context_ids].reshape(len(context_ids), -1)
    return np.tanh(x @ w1 + b1) @ w2


def cross_entropy(logits, targets):
    z = logits - logits.max(axis=1, keepdims=True)
    return (np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(z)), targets]).sum()
