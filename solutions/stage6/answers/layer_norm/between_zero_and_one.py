# shows: layer_norm wrong
def layer_norm(x, gamma, beta, eps=1e-5):
    low, high = x.min(axis=-1, keepdims=True), x.max(axis=-1, keepdims=True)
    return gamma * (x - low) / (high - low + eps) + beta
