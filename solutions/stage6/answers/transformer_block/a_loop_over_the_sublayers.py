# shows: transformer_block right
import numpy as np


def transformer_block(x, attention, feed_forward, norm1, norm2):
    stream = x
    for norm, sublayer in zip((norm1, norm2), (attention, feed_forward), strict=True):
        stream = np.add(stream, sublayer(norm(stream)))
    return stream
