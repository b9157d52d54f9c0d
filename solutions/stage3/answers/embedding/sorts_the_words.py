# shows: embed_context wrong
# One word comes out right; several lose their order.
def embed_context(embeddings, context_ids):
    return embeddings[np.sort(context_ids, axis=1)].reshape(len(context_ids), -1)
