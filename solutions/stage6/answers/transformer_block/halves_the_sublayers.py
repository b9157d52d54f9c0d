# shows: transformer_block wrong
def transformer_block(x, attention, feed_forward, norm1, norm2):
    x = x + 0.5 * attention(norm1(x))
    return x + 0.5 * feed_forward(norm2(x))
