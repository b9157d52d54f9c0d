# shows: transformer_block 6.2
# There is no sum that a norm could be applied to.
def transformer_block(x, attention, feed_forward, norm1, norm2):
    x = norm1(attention(x))
    return norm2(feed_forward(x))
