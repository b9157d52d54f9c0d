# shows: transformer_block 6.1 6.2
def transformer_block(x, attention, feed_forward, norm1, norm2):
    x = attention(norm1(x))
    return norm2(x + feed_forward(x))
