# shows: embed_context 3.10
def embed_context(embeddings, context_ids):
    embedded = embeddings[context_ids]
    return embedded.flatten()
