# shows: normalize_embeddings 3.8|wrong
# Harmless for a column that spreads over hundreds, 17% off for one that spreads over 0.5.
def normalize_embeddings(embeddings):
    return (embeddings - embeddings.mean(axis=0)) / (embeddings.std(axis=0) + 0.1)
