# shows: cross_entropy_grad degenerate
def cross_entropy_grad(logits, targets):
    logits -= logits.max(axis=-1, keepdims=True)
