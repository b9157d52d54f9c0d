# shows: gpt_logits right
import numpy as np


def gpt_logits(x, blocks, final_norm, token_embedding):
    for block in blocks:
        x = block(x)
    return np.asarray(final_norm(x), dtype=np.float32) @ token_embedding.astype(np.float32).T
