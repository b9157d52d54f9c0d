# shows: gpt_logits wrong
# The first half of a stable softmax.
import numpy as np


def gpt_logits(x, blocks, final_norm, token_embedding):
    for block in blocks:
        x = block(x)
    scores = final_norm(x) @ token_embedding.T
    return scores - scores.max(axis=-1, keepdims=True)
