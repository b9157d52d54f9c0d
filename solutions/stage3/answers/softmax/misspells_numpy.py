# shows: softmax error
def softmax(logits):
    e = nump.exp(logits)
    return e / e.sum(axis=1, keepdims=True)
