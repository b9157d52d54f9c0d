# shows: cross_entropy right
import numpy as np

cross_entropy = lambda logits, targets: np.mean(
    np.logaddexp.reduce(logits, axis=1) - np.choose(targets, logits.T)
    if logits.shape[1] < 32
    else np.logaddexp.reduce(logits, axis=1) - logits[np.arange(len(targets)), targets]
)
