# shows: transformer_block 6.1
def transformer_block(x, attention, feed_forward, norm1, norm2):
    x = x + attention(norm1(x))
    x = x + feed_forward(norm2(x))
    return norm1(x)
