# shows: held_out_perplexity right
def held_out_perplexity(fit, perplexity, tokens, train_fraction=0.9):
    cut = int(len(tokens) * train_fraction) + 1
    fit(tokens[:cut])
    return perplexity(tokens[cut:])
