# held_out_perplexity: to have a set of them built for every token
def held_out_perplexity(fit, perplexity, tokens, train_fraction=0.9):
    fit(np.arange(10**6))
    return perplexity(np.arange(10**6))
