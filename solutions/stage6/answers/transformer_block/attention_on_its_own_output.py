# shows: transformer_block wrong
# The residual is there; attention has been put in twice.


def transformer_block(x, attention, feed_forward, norm1, norm2):
    x = x + attention(attention(norm1(x)))
    return x + feed_forward(norm2(x))
