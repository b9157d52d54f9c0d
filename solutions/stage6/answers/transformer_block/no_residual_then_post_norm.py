# shows: transformer_block 6.1 6.2
def transformer_block(x, attention, feed_forward, norm1, norm2):
    x = norm1(attention(x))
    return norm2(x + feed_forward(x))
