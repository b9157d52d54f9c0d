# shows: gpt_logits wrong
import numpy as np


def gpt_logits(x, blocks, final_norm, token_embedding):
    for block in blocks:
        x = block(x)
    return np.exp(final_norm(x) @ token_embedding.T)
