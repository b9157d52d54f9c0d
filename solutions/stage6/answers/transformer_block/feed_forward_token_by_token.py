# shows: transformer_block right
# Attention needs the whole sequence; norms and the feed-forward network work on one token.
import numpy as np


def transformer_block(x, attention, feed_forward, norm1, norm2):
    length = x.shape[1]
    normed = np.concatenate([norm1(x[:, t : t + 1]) for t in range(length)], axis=1)
    x = x + attention(normed)
    steps = [feed_forward(norm2(x[:, t : t + 1])) for t in range(length)]
    return x + np.concatenate(steps, axis=1)
