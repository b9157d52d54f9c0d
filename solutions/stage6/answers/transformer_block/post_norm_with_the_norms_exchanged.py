# shows: transformer_block 6.1
def transformer_block(x, attention, feed_forward, norm1, norm2):
    x = norm2(x + attention(x))
    return norm1(x + feed_forward(x))
