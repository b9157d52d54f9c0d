# shows: held_out_perplexity wrong
# Holds out as many tokens as asked, but from the front.
def held_out_perplexity(fit, perplexity, tokens, train_fraction=0.9):
    held_out = len(tokens) - round(len(tokens) * train_fraction)
    fit(tokens[held_out:])
    return perplexity(tokens[:held_out])
