# shows: held_out_perplexity error
def held_out_perplexity(model, data, tokens, train_fraction=0.9):
    model.fit(tokens[: round(len(tokens) * train_fraction)])
    return model.perplexity(tokens[round(len(tokens) * train_fraction) :])
