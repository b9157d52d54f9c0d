# shows: embed_context 3.10, normalize_embeddings 3.8
def embed_context(embeddings, context_ids):
    return embeddings[context_ids].ravel()


def normalize_embeddings(embeddings):
    low, high = embeddings.min(), embeddings.max()
    return 2 * (embeddings - low) / (high - low) - 1
