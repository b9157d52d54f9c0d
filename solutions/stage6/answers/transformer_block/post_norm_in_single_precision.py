# shows: transformer_block 6.1
import numpy as np


def transformer_block(x, attention, feed_forward, norm1, norm2):
    attended = norm1((x + attention(x)).astype(np.float32))
    return norm2((attended + feed_forward(attended)).astype(np.float32)).astype(np.float32)
