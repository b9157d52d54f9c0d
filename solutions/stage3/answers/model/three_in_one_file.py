# shows: mlp_forward 3.3 3.4, cross_entropy 3.5
import numpy as np


class LanguageModel:
    def forward(self, ids, table, w1, w2):
        hidden = np.tanh(table[ids].mean(axis=-2) @ w1)
        return hidden @ w2

    def loss(self, logits, targets):
        probs = np.exp(logits) / np.exp(logits).sum(axis=1)[:, None]
        return -np.log(probs[np.arange(len(targets)), targets]).mean()


def mlp_forward(context_ids, embeddings, w1, b1, w2, b2):
    return LanguageModel().forward(context_ids, embeddings, w1, w2)


def cross_entropy(logits, targets):
    return LanguageModel().loss(logits, targets)
