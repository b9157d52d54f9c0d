# shows: transformer_block right
def transformer_block(x, attention, feed_forward, norm1, norm2):
    x = x + attention(norm1(x))
    tokens = x.reshape(1, -1, x.shape[-1])
    return x + feed_forward(norm2(tokens)).reshape(x.shape)
