# shows: embed_context wrong
# Depends on the tokens, not on the size of the batch.
def embed_context(embeddings, context_ids):
    # token 0 is for padding
    table = embeddings.copy()
    table[0] = 0
    return table[context_ids].reshape(len(context_ids), -1)
