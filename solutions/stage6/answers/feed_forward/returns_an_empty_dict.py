# shows: init_feed_forward degenerate
def init_feed_forward(rng, d_model):
    return {}
