# shows: transformer_block 6.1
def transformer_block(x, attention, feed_forward, norm1, norm2):
    hidden = norm1(x + attention(x))
    return hidden + feed_forward(norm2(hidden))
