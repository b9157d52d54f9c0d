# shows: held_out_perplexity right
import numpy as np


def held_out_perplexity(fit, perplexity, tokens, train_fraction=0.9):
    is_train = np.arange(len(tokens)) < train_fraction * len(tokens)
    fit(tokens[is_train])
    return np.float32(perplexity(tokens[~is_train]))
