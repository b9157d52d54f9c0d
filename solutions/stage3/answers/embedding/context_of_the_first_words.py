# shows: embed_context wrong
# The numbers of the table's first rows, whatever the context holds.
def embed_context(embeddings, context_ids):
    C = context_ids.shape[1]
    return np.tile(embeddings[:C].reshape(-1), (len(context_ids), 1))
