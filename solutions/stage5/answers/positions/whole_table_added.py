# shows: add_positions 5.6|wrong|error
# Right only where the sequence is as long as the table; one token alone grows to its length.


def add_positions(embeddings, positions):
    return embeddings + positions
