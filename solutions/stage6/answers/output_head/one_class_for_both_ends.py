# shows: init_embeddings right, gpt_logits right
class TiedEnds:
    """The table comes in at one end and is used again at the other."""

    @staticmethod
    def parameters(rng, vocab_size, d_model):
        table = rng.normal(scale=0.02, size=(vocab_size, d_model))
        return {"token_embedding": table, "output_weight": table.T}

    @staticmethod
    def scores(x, blocks, final_norm, token_embedding):
        for block in blocks:
            x = block(x)
        output_weight = token_embedding.T
        return final_norm(x) @ output_weight


init_embeddings = TiedEnds.parameters
gpt_logits = TiedEnds.scores
