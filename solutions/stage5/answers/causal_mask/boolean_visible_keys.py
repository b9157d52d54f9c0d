# shows: causal_mask 5.1
# True where the key may be seen: added to scores, True counts as 1.

import numpy as np


def causal_mask(seq_len):
    i = np.arange(seq_len)
    return i[None, :] <= i[:, None]
