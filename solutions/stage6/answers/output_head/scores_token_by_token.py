# shows: gpt_logits right
from functools import reduce

import numpy as np


def gpt_logits(x, blocks, final_norm, token_embedding):
    h = final_norm(reduce(lambda stream, block: block(stream), blocks, x))
    logits = np.empty((*h.shape[:2], len(token_embedding)))
    for v, row in enumerate(token_embedding):
        logits[:, :, v] = (h * row).sum(axis=-1)
    return logits
