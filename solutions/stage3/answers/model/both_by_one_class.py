# shows: mlp_forward right, cross_entropy right
import numpy as np


class LanguageModel:
    def __init__(self, table, *weights):
        self.table, self.weights = table, weights

    def scores(self, ids):
        w1, b1, w2, b2 = self.weights
        one_hot = np.equal.outer(ids, np.arange(len(self.table)))
        x = (one_hot @ self.table).reshape(len(ids), -1)
        return np.tanh(x @ w1 + b1) @ w2 + b2

    @staticmethod
    def loss(logits, targets):
        top = logits.max(axis=1)
        surplus = np.log(np.exp((logits.T - top).T).sum(axis=1))
        return (top + surplus - logits[np.arange(len(top)), targets]).mean()


def mlp_forward(context_ids, embeddings, w1, b1, w2, b2):
    return LanguageModel(embeddings, w1, b1, w2, b2).scores(context_ids)


cross_entropy = LanguageModel.loss
