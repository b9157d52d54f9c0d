# shows: init_feed_forward degenerate
def init_feed_forward(rng, d_model):
    d_ff = 4 * d_model
    w1, w2 = rng.normal(size=(d_model, d_ff)), rng.normal(size=(d_ff, d_model))
    print("parameters:", w1.size + w2.size)
