# shows: gpt_logits 6.15
import numpy as np


def gpt_logits(x, blocks, final_norm, token_embedding):
    for block in blocks:
        x = block(x)
    logits = final_norm(x) @ token_embedding.T
    return logits - np.logaddexp.reduce(logits, axis=-1, keepdims=True)
