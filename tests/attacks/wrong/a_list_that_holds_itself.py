# add_positions: a list without an end
def add_positions(embeddings, positions):
    result = []
    result.append(result)
    return result
