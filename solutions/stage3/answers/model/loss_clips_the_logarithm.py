# shows: cross_entropy right
# log(0) is −inf, which the floor of −100 catches; numpy warns on the way.
import numpy as np


def cross_entropy(logits, targets):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    log_p = np.log(e / e.sum(axis=1, keepdims=True))
    return -np.maximum(np.take_along_axis(log_p, targets[:, None], axis=1), -100).mean()
