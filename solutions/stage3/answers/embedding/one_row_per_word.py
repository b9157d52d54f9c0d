# shows: embed_context 3.4
def embed_context(embeddings, context_ids):
    width = embeddings.shape[1]
    return embeddings[context_ids].reshape(-1, width)
