# shows: add_positions 5.6|wrong
# The width stays, but half of the embedding and half of the position are lost.

import numpy as np


def add_positions(embeddings, positions):
    batch, seq_len, d_model = embeddings.shape
    half = d_model // 2
    pos = np.broadcast_to(positions[:seq_len], embeddings.shape)
    return np.concatenate([embeddings[..., :half], pos[..., half:]], axis=-1)
