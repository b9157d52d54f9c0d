# shows: held_out_perplexity right
import numpy as np


class HeldOut:
    def split(self, tokens, fraction):
        return np.split(np.asarray(tokens), [round(len(tokens) * fraction)])

    def __call__(self, fit, perplexity, tokens, train_fraction=0.9):
        train, test = self.split(tokens, train_fraction)
        fit(tuple(train.tolist()))
        return np.array(perplexity(test.astype(np.int32)))


held_out_perplexity = HeldOut()
