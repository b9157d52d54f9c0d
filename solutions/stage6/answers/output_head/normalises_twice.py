# shows: gpt_logits wrong
def gpt_logits(x, blocks, final_norm, token_embedding):
    for block in blocks:
        x = block(x)
    return final_norm(final_norm(x)) @ token_embedding.T
