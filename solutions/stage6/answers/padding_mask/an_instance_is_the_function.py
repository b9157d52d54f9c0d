# shows: padding_mask right
import numpy as np


class PaddingMask:
    """Sets the padding keys of every query to one number."""

    def __init__(self, blocked):
        self.blocked = blocked

    def row(self, length, max_len):
        row = np.zeros(max_len)
        np.putmask(row, np.arange(max_len) >= length, self.blocked)
        return row

    def __call__(self, lengths, max_len):
        return np.array([[self.row(n, max_len)] for n in lengths])


padding_mask = PaddingMask(blocked=-np.inf)
