# shows: add_positions wrong


def add_positions(embeddings, positions):
    for sequence in embeddings:
        sequence += positions[: len(sequence)]
    return embeddings + positions[: embeddings.shape[1]]
