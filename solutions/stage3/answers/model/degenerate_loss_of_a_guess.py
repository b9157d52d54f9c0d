# shows: cross_entropy degenerate
# What a model that knows nothing gets, whatever the logits say.
import math


def cross_entropy(logits, targets):
    return math.log(logits.shape[1])
