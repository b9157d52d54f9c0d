# shows: transformer_block wrong
def transformer_block(x, attention, feed_forward, norm1, norm2):
    x = x + attention(x)
    return x + feed_forward(x)
