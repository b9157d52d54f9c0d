# shows: held_out_perplexity right
def held_out_perplexity(fit, perplexity, tokens, train_fraction=0.9):
    n = int(len(tokens) * train_fraction)
    fit(tokens=tokens[:n])
    return perplexity(tokens=tokens[n:])
