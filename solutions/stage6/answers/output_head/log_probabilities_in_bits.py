# shows: gpt_logits wrong
import numpy as np


def gpt_logits(x, blocks, final_norm, token_embedding):
    for block in blocks:
        x = block(x)
    scores = final_norm(x) @ token_embedding.T
    return np.log2(np.exp(scores) / np.exp(scores).sum(axis=-1, keepdims=True))
