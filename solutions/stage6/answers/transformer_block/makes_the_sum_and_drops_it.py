# shows: transformer_block 6.2
import numpy as np


def transformer_block(x, attention, feed_forward, norm1, norm2):
    attended = attention(norm1(x))
    np.add(x, attended)
    output = feed_forward(norm2(attended))
    np.add(attended, output)
    return output
