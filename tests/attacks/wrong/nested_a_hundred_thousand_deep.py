# add_positions: lists in lists in lists
def add_positions(embeddings, positions):
    result = []
    for _ in range(100_000):
        result = [result]
    return result
