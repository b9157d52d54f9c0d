# add_positions: an integer of a hundred thousand digits
def add_positions(embeddings, positions):
    return 10**100_000
