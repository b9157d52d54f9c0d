# shows: causal_self_attention degenerate


def causal_self_attention(x, w_q, w_k, w_v):
    return x
