# shows: softmax right
# An array that could hide numbers, and hides none.
def softmax(logits):
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.ma.masked_array(e / e.sum(axis=1, keepdims=True))
