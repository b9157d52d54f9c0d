# shows: normalize_embeddings wrong
def normalize_embeddings(embeddings):
    return (embeddings.mean(axis=0) - embeddings) / (embeddings.std(axis=0) + 1e-8)
