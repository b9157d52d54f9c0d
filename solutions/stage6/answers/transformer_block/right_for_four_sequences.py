# shows: transformer_block wrong
def transformer_block(x, attention, feed_forward, norm1, norm2):
    y = x + attention(norm1(x))
    y = y + feed_forward(norm2(y))
    y[4:] = x[4:]
    return y
