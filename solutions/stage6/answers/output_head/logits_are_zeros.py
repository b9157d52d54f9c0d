# shows: gpt_logits degenerate
import numpy as np


def gpt_logits(x, blocks, final_norm, token_embedding):
    return np.zeros((*x.shape[:2], len(token_embedding)))
