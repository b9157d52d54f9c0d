"""How large must the vocabulary be for a given text?"""

from collections.abc import Sequence

import numpy as np


def choose_vocab_size(counts: np.ndarray, candidates: Sequence[int], max_unk_rate: float) -> int:
    """Pick the smallest candidate that leaves few enough words of the text unknown.

    A vocabulary of size n holds the n most frequent word types. Every occurrence of any other type is
    unknown. Of all occurrences, at most the share max_unk_rate may be.

    Args:
        counts: [types], how often each word type occurs, in no particular order.
        candidates: the sizes to choose from, in no particular order.
        max_unk_rate: the largest allowed share of unknown occurrences, from 0 to 1.

    Returns:
        one of the candidates.

    Raises:
        ValueError: if every candidate leaves more than that unknown.

    A text of ten words and three types; a vocabulary of one type leaves 4 of 10 unknown, of two 1 of 10:

    >>> choose_vocab_size(np.array([1, 6, 3]), [1, 2, 3], max_unk_rate=0.2)
    2
    """
    raise NotImplementedError
