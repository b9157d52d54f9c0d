# shows: gpt_logits 6.15
import numpy as np


def gpt_logits(x, blocks, final_norm, token_embedding):
    for block in blocks:
        x = block(x)
    scores = final_norm(x) @ token_embedding.T
    scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return (scores / scores.sum(axis=-1, keepdims=True)).astype(np.float16)
