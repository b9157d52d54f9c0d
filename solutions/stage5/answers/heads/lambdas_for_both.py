# shows: split_heads right, merge_heads right

import numpy as np


split_heads = lambda x, n_heads: np.stack(np.split(x, n_heads, axis=-1), axis=1)
merge_heads = lambda heads: np.concatenate(np.unstack(heads, axis=1) if hasattr(np, "unstack") else list(np.moveaxis(heads, 1, 0)), axis=-1)
