# shows: held_out_perplexity right
EPOCHS = 3


def held_out_perplexity(fit, perplexity, tokens, train_fraction=0.9):
    train = tokens[: int(len(tokens) * train_fraction)]
    test = tokens[len(train) :]
    for _ in range(EPOCHS):
        fit(train)
    return perplexity(test)
