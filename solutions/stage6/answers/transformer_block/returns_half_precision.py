# shows: transformer_block right
import numpy as np


def transformer_block(x, attention, feed_forward, norm1, norm2):
    x = x + attention(norm1(x))
    return (x + feed_forward(norm2(x))).astype(np.float16)
