# shows: transformer_block right
class Block:
    """A sublayer with its norm, twice."""

    def sublayer(self, x, layer, norm):
        return x + layer(norm(x))

    def __call__(self, x, attention, feed_forward, norm1, norm2):
        return self.sublayer(self.sublayer(x, attention, norm1), feed_forward, norm2)


transformer_block = Block()
