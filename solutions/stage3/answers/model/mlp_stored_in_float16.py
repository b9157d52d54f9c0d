# shows: mlp_forward right
import numpy as np

mlp_forward = lambda ids, e, w1, b1, w2, b2: (
    np.tanh(e[ids].reshape(len(ids), len(w1)) @ w1 + b1) @ w2 + b2
).astype(np.float16)
