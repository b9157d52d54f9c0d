# shows: gpt_logits 6.4|wrong
import numpy as np


def gpt_logits(x, blocks, final_norm, token_embedding):
    for block in blocks:
        x = block(x)
    table = token_embedding + np.random.default_rng(0).normal(size=token_embedding.shape)
    return final_norm(x) @ table.T
