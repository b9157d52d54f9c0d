# shows: held_out_perplexity right
def held_out_perplexity(fit, perplexity, tokens, train_fraction=0.9):
    cut = int(round(train_fraction * tokens.size))
    test = tokens[cut:].copy()
    before = perplexity(test)
    fit(tokens[:cut].copy())
    after = perplexity(test)
    print(f"{before} -> {after}")
    return after
