# shows: gpt_logits wrong
def gpt_logits(x, blocks, final_norm, token_embedding):
    for block in blocks:
        x = final_norm(block(x))
    return x @ token_embedding.T
