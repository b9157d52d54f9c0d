# shows: transformer_block wrong
# The residual stream itself is left alone.


def transformer_block(x, attention, feed_forward, norm1, norm2):
    h = x + attention(norm1(x))
    return h + feed_forward(norm2(norm1(h)))
