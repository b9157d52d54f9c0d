# shows: normalize_embeddings 3.8
def normalize_embeddings(embeddings):
    mean = embeddings.mean(axis=1, keepdims=True)
    std = embeddings.std(axis=1, keepdims=True)
    return (embeddings - mean) / (std + 1e-8)
