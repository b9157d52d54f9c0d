# shows: add_positions wrong
# Counts from the end of the table.


def add_positions(embeddings, positions):
    return embeddings + positions[-embeddings.shape[1] :]
