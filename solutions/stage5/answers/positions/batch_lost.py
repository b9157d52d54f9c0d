# shows: add_positions wrong


def add_positions(embeddings, positions):
    return embeddings[0] + positions[: embeddings.shape[1]]
