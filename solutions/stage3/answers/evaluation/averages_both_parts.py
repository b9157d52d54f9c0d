# shows: held_out_perplexity 3.9|wrong
def held_out_perplexity(fit, perplexity, tokens, train_fraction=0.9):
    cut = round(len(tokens) * train_fraction)
    train, test = tokens[:cut], tokens[cut:]
    fit(train)
    return (perplexity(train) + perplexity(test)) / 2
