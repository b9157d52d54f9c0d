# shows: gpt_logits 6.6
import numpy as np


def gpt_logits(x, blocks, final_norm, token_embedding):
    for block in blocks:
        x = block(x)
    scores = x @ token_embedding.T
    return scores - np.logaddexp.reduce(scores, axis=-1, keepdims=True)
