# shows: held_out_perplexity right
held_out_perplexity = lambda fit, perplexity, tokens, train_fraction=0.9: (
    fit(tokens[: round(len(tokens) * train_fraction)]),
    perplexity(tokens[round(len(tokens) * train_fraction) :]),
)[1]
