# shows: transformer_block 6.1
def transformer_block(x, attention, feed_forward, norm1, norm2):
    attended = norm1(x + attention(norm1(x)))
    return attended + feed_forward(norm2(attended))
