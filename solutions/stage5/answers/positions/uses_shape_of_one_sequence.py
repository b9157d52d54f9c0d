# shows: add_positions error
# Unpacks two axes where there are three.


def add_positions(embeddings, positions):
    seq_len, d_model = embeddings.shape
    return embeddings + positions[:seq_len]
