# shows: gpt_logits 6.15
import numpy as np


def gpt_logits(x, blocks, final_norm, token_embedding):
    for block in blocks:
        x = block(x)
    scores = final_norm(x) @ token_embedding.T
    scores = scores - scores.max(-1)[..., None]
    return np.log(np.exp(scores) / np.exp(scores).sum(-1)[..., None])
