# shows: gpt_logits 6.15
import numpy as np


def gpt_logits(x, blocks, final_norm, token_embedding):
    for block in blocks:
        x = block(x)
    scores = final_norm(x) @ token_embedding.T
    out = np.empty_like(scores)
    for place in np.ndindex(scores.shape[:2]):
        out[place] = scores[place] - np.log(np.exp(scores[place]).sum())
    return out
