# shows: embed_context 3.4, embedding_backward 3.2, normalize_embeddings 3.8
import numpy as np


class Embedding:
    def __init__(self, table):
        self.table = table

    def forward(self, ids):
        self.ids = ids
        return self.table[ids]

    def backward(self, grad):
        d_table = np.zeros_like(self.table)
        d_table[self.ids] = grad
        return d_table

    def normalized(self):
        return self.table - self.table.mean()


def embed_context(embeddings, context_ids):
    return Embedding(embeddings).forward(context_ids)


def embedding_backward(grad_output, token_ids, vocab_size):
    layer = Embedding(np.zeros((vocab_size, grad_output.shape[-1])))
    layer.forward(token_ids)
    return layer.backward(grad_output)


def normalize_embeddings(embeddings):
    return Embedding(embeddings).normalized()
