# shows: embed_context 3.10|wrong
# Right where there are as many contexts as words in a context.
def embed_context(embeddings, context_ids):
    return embeddings[context_ids].reshape(context_ids.shape[1], -1)
