# shows: transformer_block 6.1|wrong
# Both sums start from the normalised stream; nothing of x itself is left.
def transformer_block(x, attention, feed_forward, norm1, norm2):
    x = norm1(x)
    x = x + attention(x)
    x = norm2(x)
    return x + feed_forward(x)
