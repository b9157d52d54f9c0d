# shows: causal_mask right

import numpy as np


causal_mask = lambda seq_len: np.where(np.less.outer(np.arange(seq_len), np.arange(seq_len)), -np.inf, 0)
