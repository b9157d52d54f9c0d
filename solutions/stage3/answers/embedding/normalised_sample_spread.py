# shows: normalize_embeddings right
def normalize_embeddings(embeddings):
    centred = embeddings - embeddings.mean(axis=0)
    return centred / (centred.std(axis=0, ddof=1) + 1e-8)
