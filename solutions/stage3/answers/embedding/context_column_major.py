# shows: embed_context right
import numpy as np

embed_context = lambda table, ids: np.asfortranarray(table[ids].reshape(ids.shape[0], -1))
