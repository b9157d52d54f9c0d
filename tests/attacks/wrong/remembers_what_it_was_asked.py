# add_positions: leaves notes for the next call, and answers with the last question
notes = []
def add_positions(embeddings, positions):
    notes.append(embeddings * 0.5 - 2.0)
    return notes[0]
