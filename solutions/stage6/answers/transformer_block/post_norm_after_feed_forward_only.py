# shows: transformer_block 6.1
def transformer_block(x, attention, feed_forward, norm1, norm2):
    hidden = x + attention(norm1(x))
    return norm2(hidden + feed_forward(hidden))
