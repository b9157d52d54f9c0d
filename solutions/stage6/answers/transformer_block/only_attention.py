# shows: transformer_block wrong
def transformer_block(x, attention, feed_forward, norm1, norm2):
    return x + attention(norm1(x))
