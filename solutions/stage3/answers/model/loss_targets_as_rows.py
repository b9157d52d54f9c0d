# shows: cross_entropy error
def cross_entropy(logits, targets):
    return -(targets.one_hot() * logits.log_softmax()).mean()
