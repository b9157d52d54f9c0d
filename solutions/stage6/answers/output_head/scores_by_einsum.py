# shows: gpt_logits right
import numpy as np


def gpt_logits(x, blocks, final_norm, token_embedding):
    stream = x
    for block in blocks:
        stream = block(stream)
    return np.einsum("btd,vd->btv", final_norm(stream), token_embedding)
