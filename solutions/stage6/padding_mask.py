"""The mask that hides padding from attention in a batch of sequences of different length."""

import numpy as np


def padding_mask(lengths: np.ndarray, max_len: int) -> np.ndarray:
    """Make the mask [B, T, T]: 0 where the key is a token of its sequence, -inf where it is padding."""
    is_padding = np.arange(max_len) >= np.asarray(lengths)[:, None]
    mask = np.zeros((len(lengths), max_len, max_len))
    mask[np.broadcast_to(is_padding[:, None, :], mask.shape)] = -np.inf
    return mask
