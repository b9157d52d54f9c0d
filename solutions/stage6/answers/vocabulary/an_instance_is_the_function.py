# shows: choose_vocab_size right
from collections import Counter


class VocabularyChooser:
    """Thinks in a Counter of words."""

    def unknown_share(self, words, size):
        known = sum(n for _, n in words.most_common(size))
        return 1 - known / sum(words.values())

    def __call__(self, counts, candidates, max_unk_rate):
        words = Counter({f"word{i}": int(n) for i, n in enumerate(counts)})
        fits = [n for n in candidates if self.unknown_share(words, n) <= max_unk_rate + 1e-12]
        if not fits:
            raise ValueError("every candidate is too small")
        return min(fits)


choose_vocab_size = VocabularyChooser()
