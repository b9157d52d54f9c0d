# shows: gpt_logits error|wrong
def gpt_logits(x, blocks, final_norm, token_embedding):
    for block in blocks:
        x = block(x)
    return final_norm(x) @ token_embedding
