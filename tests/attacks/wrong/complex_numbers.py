# add_positions: an imaginary part that a comparison might drop
def add_positions(embeddings, positions):
    return embeddings + positions[: embeddings.shape[1]] + 1j
