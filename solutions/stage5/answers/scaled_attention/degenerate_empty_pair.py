# shows: scaled_attention degenerate


def scaled_attention(q, k, v, mask=None):
    return (), ()
