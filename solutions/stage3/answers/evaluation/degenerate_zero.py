# shows: held_out_perplexity degenerate
def held_out_perplexity(fit, perplexity, tokens, train_fraction=0.9):
    return 0.0
