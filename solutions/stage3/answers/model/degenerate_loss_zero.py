# shows: cross_entropy degenerate
def cross_entropy(logits, targets):
    return 0.0
