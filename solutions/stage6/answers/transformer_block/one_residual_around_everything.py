# shows: transformer_block 6.2
def transformer_block(x, attention, feed_forward, norm1, norm2):
    return x + feed_forward(norm2(attention(norm1(x))))
