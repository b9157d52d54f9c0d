# shows: transformer_block 6.1
# The name x is used for the normalised copy too, so the sum of x and attention is gone after line two.
def transformer_block(x, attention, feed_forward, norm1, norm2):
    x = x + attention(norm1(x))
    x = norm2(x)
    return x + feed_forward(x)
