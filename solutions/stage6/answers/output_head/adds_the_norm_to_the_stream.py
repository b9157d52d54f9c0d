# shows: gpt_logits 6.6|wrong
def gpt_logits(x, blocks, final_norm, token_embedding):
    for block in blocks:
        x = block(x)
    return (x + final_norm(x)) @ token_embedding.T
