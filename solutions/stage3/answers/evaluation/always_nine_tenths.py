# shows: held_out_perplexity wrong
def held_out_perplexity(fit, perplexity, tokens, train_fraction=0.9):
    cut = int(len(tokens) * 0.9)
    fit(tokens[:cut])
    return perplexity(tokens[cut:])
