# shows: gpt_logits 6.6|wrong|error
def gpt_logits(x, blocks, final_norm, token_embedding):
    for block in blocks:
        x = block(x)
    return final_norm(x @ token_embedding.T)
