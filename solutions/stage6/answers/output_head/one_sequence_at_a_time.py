# shows: gpt_logits right
import numpy as np


def gpt_logits(x, blocks, final_norm, token_embedding):
    rows = []
    for sequence in x:
        h = sequence[None]
        for block in blocks:
            h = block(h)
        rows.append(final_norm(h)[0] @ token_embedding.T)
    return np.stack(rows)
