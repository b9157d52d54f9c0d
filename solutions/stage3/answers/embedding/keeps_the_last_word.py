# shows: embed_context 3.4
def embed_context(embeddings, context_ids):
    # the last word says most about the next one
    return embeddings[context_ids[:, -1]]
