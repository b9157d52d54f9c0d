# shows: embed_context wrong|error
# Right for contexts of two words, at any batch size, and for nothing else.
def embed_context(embeddings, context_ids):
    return embeddings[context_ids].reshape(-1, 2 * embeddings.shape[1])
