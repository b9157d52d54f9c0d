# shows: causal_mask right

import numpy as np


class Mask:
    def __init__(self, fill):
        self.fill = fill

    def __call__(self, seq_len):
        rows, columns = np.indices((seq_len, seq_len))
        return np.where(columns > rows, self.fill, 0.0)


causal_mask = Mask(-np.inf)
