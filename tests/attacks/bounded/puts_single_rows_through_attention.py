# transformer_block: five thousand terms to tell apart
def transformer_block(x, attention, feed_forward, norm1, norm2):
    for row in np.random.default_rng(0).normal(size=(500, x.shape[-1])):
        attention(row)
    return x
