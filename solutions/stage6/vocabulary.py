"""How large must the vocabulary be for a given text?"""

from collections.abc import Sequence

import numpy as np


def choose_vocab_size(counts: np.ndarray, candidates: Sequence[int], max_unk_rate: float) -> int:
    """Pick the smallest candidate that leaves at most max_unk_rate of all occurrences unknown."""
    most_frequent_first = np.sort(counts)[::-1]
    for size in sorted(candidates):
        unknown = most_frequent_first[size:].sum()
        if unknown / most_frequent_first.sum() <= max_unk_rate:
            return int(size)
    raise ValueError(f"every candidate leaves more than {max_unk_rate:.1%} of the text unknown")
