# shows: held_out_perplexity wrong
# No token is on both sides, but the text is in shreds.
def held_out_perplexity(fit, perplexity, tokens, train_fraction=0.9):
    fit(tokens[0::2])
    return perplexity(tokens[1::2])
