# shows: add_positions wrong


def add_positions(embeddings, positions):
    return embeddings * positions[: embeddings.shape[1]]
