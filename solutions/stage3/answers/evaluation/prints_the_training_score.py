# shows: held_out_perplexity right
def held_out_perplexity(fit, perplexity, tokens, train_fraction=0.9):
    cut = round(train_fraction * len(tokens))
    fit(tokens[:cut])
    print("train", perplexity(tokens[:cut]))
    score = perplexity(tokens[cut:])
    print("test", score)
    return score
