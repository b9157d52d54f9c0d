# shows: causal_self_attention right

from causal_mask import causal_mask
from scaled_attention import scaled_attention


def causal_self_attention(x, w_q, w_k, w_v):
    output, _ = scaled_attention(x @ w_q, x @ w_k, x @ w_v, causal_mask(x.shape[1]))
    return output
