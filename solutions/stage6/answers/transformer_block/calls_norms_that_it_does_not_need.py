# shows: transformer_block right
# Looks at both norms once before the work begins, and normalises anew for every use.
import numpy as np


def transformer_block(x, attention, feed_forward, norm1, norm2):
    norm1(x), norm2(x)
    change = attention(norm1(x))
    stream = np.sum([x, change], axis=0)
    assert norm2(stream).shape == stream.shape
    return np.sum([stream, feed_forward(norm2(stream))], axis=0)
