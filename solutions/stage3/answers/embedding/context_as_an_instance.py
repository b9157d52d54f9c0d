# shows: embed_context right
import numpy as np


class ContextEmbedder:
    """Keeps no state, so that it may be called with any table."""

    def __call__(self, table, ids):
        return np.take(table, ids, axis=0).reshape(*ids.shape[:1], -1)


embed_context = ContextEmbedder()
