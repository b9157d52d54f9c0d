# shows: mlp_forward degenerate
def mlp_forward(context_ids, embeddings, w1, b1, w2, b2):
    return context_ids
