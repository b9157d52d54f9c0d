# shows: init_feed_forward right
def init_feed_forward(rng, d_model):
    d_ff = d_model * 4
    bound1, bound2 = d_model**-0.5, d_ff**-0.5
    return {
        "w1": rng.uniform(-bound1, bound1, (d_model, d_ff)),
        "b1": rng.uniform(-bound1, bound1, d_ff),
        "w2": rng.uniform(-bound2, bound2, (d_ff, d_model)),
        "b2": rng.uniform(-bound2, bound2, d_model),
    }
