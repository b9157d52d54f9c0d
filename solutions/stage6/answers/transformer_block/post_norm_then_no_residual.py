# shows: transformer_block 6.1 6.2
def transformer_block(x, attention, feed_forward, norm1, norm2):
    x = norm1(x + attention(x))
    return norm2(feed_forward(x))
