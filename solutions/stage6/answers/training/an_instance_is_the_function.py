# shows: cross_entropy_grad right
import numpy as np


class CrossEntropy:
    """Forward keeps the probabilities, backward uses them."""

    def forward(self, logits):
        exps = np.exp(logits - logits.max(axis=-1, keepdims=True))
        self.probs = exps / exps.sum(axis=-1, keepdims=True)

    def backward(self, targets):
        weights = np.full(len(targets), 1 / len(targets))
        one_hot = np.zeros_like(self.probs)
        np.put_along_axis(one_hot, targets[:, None], 1, axis=1)
        return weights[:, None] * (self.probs - one_hot)

    def __call__(self, logits, targets):
        self.forward(logits)
        return self.backward(targets)


cross_entropy_grad = CrossEntropy()
