# shows: softmax degenerate
def softmax(logits):
    return logits
