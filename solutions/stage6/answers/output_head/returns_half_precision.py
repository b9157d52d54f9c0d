# shows: gpt_logits right
import numpy as np


def gpt_logits(x, blocks, final_norm, token_embedding):
    for block in blocks:
        x = block(x)
    return (final_norm(x) @ token_embedding.T).astype(np.float16)
