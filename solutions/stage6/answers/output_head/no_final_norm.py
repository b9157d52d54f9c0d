# shows: gpt_logits 6.6
def gpt_logits(x, blocks, final_norm, token_embedding):
    for block in blocks:
        x = block(x)
    return x @ token_embedding.T
