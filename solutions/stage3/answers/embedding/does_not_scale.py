# shows: normalize_embeddings 3.8
def normalize_embeddings(embeddings):
    return embeddings - embeddings.mean(axis=0, keepdims=True)
