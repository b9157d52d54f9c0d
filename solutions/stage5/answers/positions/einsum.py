# shows: add_positions right

import numpy as np


def add_positions(embeddings, positions):
    batch, seq_len, _ = embeddings.shape
    return embeddings + np.einsum("b,td->btd", np.ones(batch), positions[:seq_len])
