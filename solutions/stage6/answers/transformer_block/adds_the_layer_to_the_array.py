# shows: transformer_block error
def transformer_block(x, attention, feed_forward, norm1, norm2):
    x = norm1(x) + attention
    return norm2(x) + feed_forward
