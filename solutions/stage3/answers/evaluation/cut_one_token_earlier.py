# shows: held_out_perplexity right
def held_out_perplexity(fit, perplexity, tokens, train_fraction=0.9):
    held_out = len(tokens) - int(len(tokens) * train_fraction) + 1
    fit(tokens[:-held_out])
    return perplexity(tokens[-held_out:])
