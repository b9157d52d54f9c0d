# shows: gpt_logits right
import numpy as np


def gpt_logits(x, blocks, final_norm, token_embedding):
    for block in blocks:
        x = block(x)
    steps = [final_norm(x[:, t : t + 1]) for t in range(x.shape[1])]
    return (token_embedding @ np.concatenate(steps, axis=1).transpose(0, 2, 1)).swapaxes(1, 2)
