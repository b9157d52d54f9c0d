# shows: softmax right
import numpy as np

softmax = lambda logits: np.exp(logits - np.logaddexp.reduce(logits, axis=1, keepdims=True))
