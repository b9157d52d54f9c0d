# shows: transformer_block 6.2
def transformer_block(x, attention, feed_forward, norm1, norm2):
    attended = attention(norm1(x))
    return attended + feed_forward(norm2(attended))
