# shows: normalize_embeddings wrong
# A constant column becomes NaN.
def normalize_embeddings(embeddings):
    return (embeddings - embeddings.mean(axis=0)) / embeddings.std(axis=0)
