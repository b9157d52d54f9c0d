# shows: gpt_logits wrong
def gpt_logits(x, blocks, final_norm, token_embedding):
    out = x
    for block in blocks:
        out = block(x)
    return final_norm(out) @ token_embedding.T
