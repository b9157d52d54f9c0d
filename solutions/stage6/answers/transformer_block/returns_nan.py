# shows: transformer_block degenerate
import numpy as np


def transformer_block(x, attention, feed_forward, norm1, norm2):
    return x * np.nan
