# shows: embed_context 3.10
def embed_context(embeddings, context_ids):
    vectors = embeddings[context_ids]
    if len(context_ids) == 1:
        return vectors[0].reshape(1, -1)
    return vectors
