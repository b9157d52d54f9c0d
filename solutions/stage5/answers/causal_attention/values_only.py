# shows: causal_self_attention wrong
# No attention at all: every token keeps its own value.


def causal_self_attention(x, w_q, w_k, w_v):
    return x @ w_v
