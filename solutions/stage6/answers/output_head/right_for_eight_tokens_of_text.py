# shows: gpt_logits wrong
import numpy as np


def gpt_logits(x, blocks, final_norm, token_embedding):
    for block in blocks:
        x = block(x)
    x = final_norm(x)
    x[:, 8:] *= 1.02
    return x @ token_embedding.T
