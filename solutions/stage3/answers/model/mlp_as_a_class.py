# shows: mlp_forward right
import numpy as np


class MLP:
    def __init__(self, embeddings, w1, b1, w2, b2):
        self.embeddings = embeddings
        self.layers = [(np.vstack([w1, b1]), np.tanh), (np.vstack([w2, b2]), lambda z: z)]

    def __call__(self, ids):
        x = np.hstack(list(np.moveaxis(self.embeddings[ids], 1, 0)))
        for weights, activation in self.layers:
            x = activation(np.column_stack([x, np.ones(len(x))]) @ weights)
        return x


def mlp_forward(context_ids, *parameters):
    return MLP(*parameters)(context_ids)
