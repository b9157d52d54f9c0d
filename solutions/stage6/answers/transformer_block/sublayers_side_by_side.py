# shows: transformer_block wrong
# Some models do this on purpose. Here the feed-forward network should read what attention wrote.
def transformer_block(x, attention, feed_forward, norm1, norm2):
    return x + attention(norm1(x)) + feed_forward(norm2(x))
