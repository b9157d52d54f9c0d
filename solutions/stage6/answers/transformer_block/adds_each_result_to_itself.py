# shows: transformer_block 6.2
# The result has taken the name x before the sum is made.
def transformer_block(x, attention, feed_forward, norm1, norm2):
    x = attention(norm1(x))
    x = x + x
    x = feed_forward(norm2(x))
    return x + x
