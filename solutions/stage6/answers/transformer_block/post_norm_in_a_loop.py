# shows: transformer_block 6.1
def transformer_block(x, attention, feed_forward, norm1, norm2):
    for sublayer, norm in [(attention, norm1), (feed_forward, norm2)]:
        residual = x
        x = sublayer(x)
        x = norm(residual + x)
    return x
