# shows: embedding_backward degenerate
def embedding_backward(grad_output, token_ids, vocab_size):
    return grad_output
