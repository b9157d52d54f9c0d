# shows: gpt_logits wrong
# Rows of the table brought to length one: cosines, not dot products.
import numpy as np


def gpt_logits(x, blocks, final_norm, token_embedding):
    for block in blocks:
        x = block(x)
    rows = token_embedding / np.linalg.norm(token_embedding, axis=1, keepdims=True)
    return final_norm(x) @ rows.T
