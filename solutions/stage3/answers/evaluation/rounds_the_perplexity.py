# shows: held_out_perplexity wrong
def held_out_perplexity(fit, perplexity, tokens, train_fraction=0.9):
    cut = round(len(tokens) * train_fraction)
    fit(tokens[:cut])
    return round(perplexity(tokens[cut:]), 1)
