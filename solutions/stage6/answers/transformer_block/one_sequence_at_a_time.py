# shows: transformer_block right
import numpy as np


def transformer_block(x, attention, feed_forward, norm1, norm2):
    out = np.empty(x.shape)
    for b in range(len(x)):
        sequence = x[b : b + 1]
        attended = sequence + attention(norm1(sequence))
        out[b : b + 1] = attended + feed_forward(norm2(attended))
    return out
