# shows: gpt_logits wrong
def gpt_logits(x, blocks, final_norm, token_embedding):
    for block in blocks[:-1]:
        x = block(x)
    return final_norm(x) @ token_embedding.T
