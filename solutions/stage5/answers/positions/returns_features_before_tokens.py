# shows: add_positions wrong
# Added right, then turned: not one number too many.

def add_positions(embeddings, positions):
    return (embeddings + positions[: embeddings.shape[1]]).transpose(0, 2, 1)
