"""Attention weights as a heat map: in a terminal by shades, in SVG as everywhere in the kit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from grader.results.picture import Picture, panel
from grader.results.svg import svg

SHADES = " ·░▒▓█"
MARGIN = 9


def heat_map(yours: np.ndarray, right: np.ndarray, words: Sequence[str]) -> Iterator[str]:
    """Lines that show weights [T, T] of one head beside the right ones; a row for each query."""
    side = 2 * len(words)
    yield f"{'':{MARGIN}}{'yours':<{side}}  right"
    for word, mine, theirs in zip(words, yours, right, strict=True):
        yield f"{word:>{MARGIN - 1}} {_shaded(mine)}  {_shaded(theirs)}".rstrip()


def legend() -> str:
    """What a shade means."""
    return "each row is a word that looks, each column a word it looks at: · little … █ nearly all of its weight"


def drawing(yours: np.ndarray, right: np.ndarray, words: Sequence[str], caption: str) -> str:
    """The same in SVG. Weights on later words, which no right model has, are marked."""
    later = np.triu(np.ones(yours.shape, dtype=bool), 1)
    leaks = np.argwhere(later & (np.abs(yours) > 1e-6)).tolist()
    masked = np.argwhere(later).tolist()
    panels = (panel("yours", yours, masked, leaks, words), panel("right", right, masked, (), words))
    return svg(Picture("attention", caption, "", "column", panels))


def _shaded(row: np.ndarray) -> str:
    """Two characters for each weight: none at all below a hundredth, and the last shade from nine tenths on."""
    steps = np.searchsorted([0.01, 0.2, 0.45, 0.7, 0.9], np.clip(row, 0, 1), side="right")
    return "".join(2 * SHADES[step] for step in steps)
