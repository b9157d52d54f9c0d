"""A small language, written for the milestones: English-like, and made so that attention has something to do.

- *Agreement over a distance*: a verb agrees with its subject, whatever stands between them.
- *Nested clauses*: "the dog that the cats chase runs"; the verbs close what the nouns opened, the last one first.
- *Copying*: "say red blue again red blue"; only the words before tell which words follow.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

SINGULAR = ("dog", "cat", "bird", "king", "child", "robot")
PLURAL = ("dogs", "cats", "birds", "kings", "children", "robots")
ALONE = (("runs", "run"), ("sleeps", "sleep"), ("sings", "sing"), ("waits", "wait"))
WITH_OBJECT = (("chases", "chase"), ("sees", "see"), ("likes", "like"), ("hears", "hear"))
BETWEEN = ("near", "behind", "beside")
COLOURS = ("red", "blue", "green", "black", "white", "gold")
_FORMS = tuple(form for pair in (*ALONE, *WITH_OBJECT) for form in pair)
WORDS = (".", "the", "that", "say", "again", *BETWEEN, *SINGULAR, *PLURAL, *_FORMS, *COLOURS)
_NUMBER = {word: number for number, word in enumerate(WORDS)}
STOP = _NUMBER["."]
DEEPEST = 2


def sentence(rng: np.random.Generator) -> list[str]:
    """One sentence, its full stop included."""
    if rng.random() < 0.3:
        return _copied(rng)
    words, plural = _subject(rng, 0)
    if rng.random() < 0.5:
        return [*words, _form(rng, ALONE, plural), "."]
    return [*words, _form(rng, WITH_OBJECT, plural), *_noun(rng)[0], "."]


def _copied(rng: np.random.Generator) -> list[str]:
    colours = [str(word) for word in rng.choice(COLOURS, size=rng.integers(2, 5))]
    return ["say", *colours, "again", *colours, "."]


def _subject(rng: np.random.Generator, depth: int) -> tuple[list[str], int]:
    """A noun with what hangs on it, and 1 where the noun is plural."""
    words, plural = _noun(rng)
    chance = rng.random()
    if chance < 0.35:
        return [*words, str(rng.choice(BETWEEN)), *_noun(rng)[0]], plural
    if chance < 0.65 and depth < DEEPEST:
        inner, many = _subject(rng, depth + 1)
        return [*words, "that", *inner, _form(rng, WITH_OBJECT, many)], plural
    return words, plural


def _noun(rng: np.random.Generator) -> tuple[list[str], int]:
    plural = int(rng.integers(2))
    return ["the", str(rng.choice((SINGULAR, PLURAL)[plural]))], plural


def _form(rng: np.random.Generator, verbs: tuple[tuple[str, str], ...], plural: int) -> str:
    return verbs[rng.integers(len(verbs))][plural]


def numbers(words: Iterable[str]) -> np.ndarray:
    """The token ids [T] of words. Raises KeyError for a word that the language does not have."""
    return np.array([_NUMBER[word] for word in words])


def text(token_ids: Iterable[int]) -> str:
    """The words of token ids, with spaces."""
    return " ".join(WORDS[int(number)] for number in token_ids)


def stream(rng: np.random.Generator, length: int) -> np.ndarray:
    """Token ids [length] of sentences one after another, the last one perhaps cut off."""
    words: list[str] = []
    while len(words) < length:
        words += sentence(rng)
    return numbers(words[:length])


def windows(rng: np.random.Generator, count: int, length: int) -> np.ndarray:
    """Token ids [count, length], each row beginning with a full stop and then a sentence."""
    return np.stack([np.concatenate([[STOP], stream(rng, length - 1)]) for _ in range(count)])
