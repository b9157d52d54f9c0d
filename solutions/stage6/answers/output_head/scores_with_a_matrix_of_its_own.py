# shows: gpt_logits 6.4
import numpy as np


def gpt_logits(x, blocks, final_norm, token_embedding):
    for block in blocks:
        x = block(x)
    vocab_size, d_model = token_embedding.shape
    output_weight = np.random.default_rng(0).normal(scale=0.02, size=(d_model, vocab_size))
    return final_norm(x) @ output_weight
