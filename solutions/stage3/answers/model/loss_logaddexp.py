# shows: cross_entropy right
import numpy as np

cross_entropy = lambda logits, targets: np.mean(
    np.logaddexp.reduce(logits, axis=1) - logits[np.arange(len(targets)), targets]
)
