# shows: held_out_perplexity right
import math


def held_out_perplexity(fit, perplexity, tokens, train_fraction=0.9):
    tokens = list(map(int, tokens))
    cut = math.floor(len(tokens) * train_fraction)
    fit(tokens[:cut])
    return perplexity(tokens[cut:])
