# shows: gpt_logits degenerate
def gpt_logits(x, blocks, final_norm, token_embedding):
    for block in blocks:
        x = block(x)
    logits = final_norm(x) @ token_embedding.T
    logits.argmax(axis=-1)
