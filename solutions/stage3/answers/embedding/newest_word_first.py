# shows: embed_context wrong
def embed_context(embeddings, context_ids):
    vectors = embeddings[context_ids[:, ::-1]]
    return vectors.reshape(len(context_ids), -1)
