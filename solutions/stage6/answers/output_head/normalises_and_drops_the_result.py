# shows: gpt_logits 6.6
import numpy as np


def gpt_logits(x, blocks, final_norm, token_embedding):
    for block in blocks:
        x = block(x)
    final_norm(x)
    return np.einsum("btd,vd->btv", x, token_embedding)
