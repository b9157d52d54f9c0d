# shows: transformer_block wrong
def transformer_block(x, attention, feed_forward, norm1, norm2):
    x = x + attention(norm1(x))
    x = x + attention(norm1(x))
    return x + feed_forward(norm2(x))
