# shows: transformer_block 6.2


def transformer_block(x, attention, feed_forward, norm1, norm2):
    x = attention(attention(norm1(x)))
    return x + feed_forward(norm2(x))
