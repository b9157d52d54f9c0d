# shows: gpt_logits 6.4|wrong
# Tied at the first call, and never again.
TABLES = {}


def gpt_logits(x, blocks, final_norm, token_embedding):
    table = TABLES.setdefault(token_embedding.shape, token_embedding.copy())
    for block in blocks:
        x = block(x)
    return final_norm(x) @ table.T
