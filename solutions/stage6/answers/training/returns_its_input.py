# shows: cross_entropy_grad degenerate
def cross_entropy_grad(logits, targets):
    return logits
