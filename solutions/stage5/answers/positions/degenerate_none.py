# shows: add_positions degenerate


def add_positions(embeddings, positions):
    embeddings = embeddings + positions[: embeddings.shape[1]]
