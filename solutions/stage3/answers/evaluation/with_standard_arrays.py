# shows: held_out_perplexity right
from array import array


def held_out_perplexity(fit, perplexity, tokens, train_fraction=0.9):
    n = int(len(tokens) * train_fraction)
    fit(array("q", tokens[:n].tolist()))
    return perplexity(array("q", tokens[n:].tolist()))
