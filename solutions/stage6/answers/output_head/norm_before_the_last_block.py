# shows: gpt_logits 6.6
def gpt_logits(x, blocks, final_norm, token_embedding):
    for i, block in enumerate(blocks):
        if i == len(blocks) - 1:
            x = final_norm(x)
        x = block(x)
    return x @ token_embedding.T
