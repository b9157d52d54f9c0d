# shows: softmax right
import numpy as np


def softmax(logits: np.ndarray, axis: int = -1, temperature: float = 1.0) -> np.ndarray:
    scaled = logits / temperature
    scaled = scaled - scaled.max(axis=axis, keepdims=True)
    return np.exp(scaled) / np.exp(scaled).sum(axis=axis, keepdims=True)
