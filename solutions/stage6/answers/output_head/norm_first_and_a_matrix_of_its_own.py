# shows: gpt_logits 6.4 6.6
import numpy as np


def gpt_logits(x, blocks, final_norm, token_embedding):
    x = final_norm(x)
    for block in blocks:
        x = block(x)
    weight = np.random.default_rng(5).uniform(-0.5, 0.5, size=token_embedding.shape)
    return np.inner(x, weight)
