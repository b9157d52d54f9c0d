# shows: transformer_block wrong
import numpy as np


def transformer_block(x, attention, feed_forward, norm1, norm2):
    out = np.zeros(x.shape, dtype=int)
    out[:] = x + attention(norm1(x))
    out[:] = out + feed_forward(norm2(out))
    return out
