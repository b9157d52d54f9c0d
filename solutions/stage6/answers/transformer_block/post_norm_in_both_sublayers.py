# shows: transformer_block 6.1
# The block of the first transformer paper.
def transformer_block(x, attention, feed_forward, norm1, norm2):
    x = norm1(x + attention(x))
    return norm2(x + feed_forward(x))
