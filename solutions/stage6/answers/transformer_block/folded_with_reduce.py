# shows: transformer_block right
from functools import reduce


def transformer_block(x, attention, feed_forward, norm1, norm2):
    steps = [lambda s: attention(norm1(s)), lambda s: feed_forward(norm2(s))]
    return reduce(lambda stream, step: stream + step(stream), steps, x)
