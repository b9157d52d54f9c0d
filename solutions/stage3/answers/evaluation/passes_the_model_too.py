# shows: held_out_perplexity error
# As if fit returned a model that perplexity takes.
def held_out_perplexity(fit, perplexity, tokens, train_fraction=0.9):
    n = int(len(tokens) * train_fraction)
    model = fit(tokens[:n])
    return perplexity(model, tokens[n:])
