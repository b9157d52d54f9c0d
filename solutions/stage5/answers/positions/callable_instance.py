# shows: add_positions right

import numpy as np


class Positions:
    def __call__(self, embeddings, positions):
        return embeddings + self.rows(positions, embeddings.shape[-2])

    def rows(self, positions, seq_len):
        return np.array([positions[t] for t in range(seq_len)])


add_positions = Positions()
