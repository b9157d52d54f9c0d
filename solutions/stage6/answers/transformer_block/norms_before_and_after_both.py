# shows: transformer_block 6.1
# To be on the safe side.
def transformer_block(x, attention, feed_forward, norm1, norm2):
    hidden = norm1(x + attention(norm1(x)))
    return norm2(hidden + feed_forward(norm2(hidden)))
