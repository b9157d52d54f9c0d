# shows: cross_entropy right
import numpy as np


class CrossEntropy:
    reduce = staticmethod(np.mean)

    def __call__(self, logits, targets):
        # differences to the target's score: the loss of a row is log(sum(exp(differences)))
        differences = logits - logits[np.arange(len(targets)), targets][:, None]
        top = np.maximum(differences.max(axis=1), 0)
        return self.reduce(top + np.log(np.exp(differences - top[:, None]).sum(axis=1)))


cross_entropy = CrossEntropy()
