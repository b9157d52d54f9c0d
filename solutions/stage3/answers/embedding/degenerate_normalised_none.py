# shows: normalize_embeddings degenerate
def normalize_embeddings(embeddings):
    embeddings -= embeddings.mean(axis=0)
    embeddings /= embeddings.std(axis=0)
