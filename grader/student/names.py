"""File names as people write them, and the names that were meant: `Stage 5`, `Heads.py`, `heads (1).py`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import lru_cache

_STAGE = re.compile(r"stage[\s_\-.]*0*(\d+)")
# What people and their programs put around a name when there was one of it already.
_BEFORE = re.compile(r"^(?:(?:copy|kopie|copie|copia|cópia|kopia|kopi)(?: of| von| de| van| av)? |re[ _-])")
_AFTER = re.compile(
    r"(?:[\s_\-–.]*(?:\(\d+\)|\[\d+\]|copy|kopie|copie|copia|cópia|kopia|final|new|neu|fixed|submission|solution|v\d+)"
    r"(?:[\s_\-]*(?:\(\d+\)|\d+))?|[\s_\-]+\d+)$"
)
# Of Python files and notebooks, and what browsers, editors and mail programs put behind them.
_ENDINGS = (".txt", ".py", ".py3", ".pyw", ".python", ".ipynb", ".json", ".bak", ".old", ".orig", ".download")
_WORDS = r"[a-z]+|\d+|[^\x00-\x7f]+"
CLOSE = 0.75
# The names of a class are the same few over and over.
_same_names = lru_cache(maxsize=10_000)


def folded(name: str) -> str:
    """A name without what does not tell names apart: its case, and how its accents are written."""
    return unicodedata.normalize("NFKC", name).casefold().strip()


@_same_names
def stage_number(name: str) -> int | None:
    """The stage that a folder is called after: 5 for `stage5`, `Stage 5`, `stage_05`; None for any other name."""
    found = next((match for text in _barer(folded(name)) if (match := _STAGE.fullmatch(text))), None)
    return int(found.group(1)) if found else None


@_same_names
def stage_in(name: str) -> int | None:
    """The one stage that a notebook's name speaks of, as in `stage5-jane` or `Copy of stage 5`."""
    found = {int(number) for number in re.findall(rf"(?<![a-z]){_STAGE.pattern}(?!\d)", folded(name))}
    return found.pop() if len(found) == 1 else None


def meant(name: str, stems: Iterable[str]) -> str | None:
    """The stem that a file name stands for, such as `heads` for `Heads (1).py`; None where it is none of `stems`."""
    return _meant(name, tuple(stems))


@_same_names
def _meant(name: str, stems: tuple[str, ...]) -> str | None:
    text = _bare(name)
    known = {_joined(stem): stem for stem in stems}
    return next((known[key] for part in _barer(text) if (key := _joined(part)) in known), None)


@_same_names
def holds(name: str, stem: str) -> bool:
    """Whether the words of a stem stand in a file name, one after another: `jane_heads.py`. A test is none of these."""
    words, wanted = re.findall(_WORDS, _bare(name)), re.findall(_WORDS, stem)
    found = any(words[i : i + len(wanted)] == wanted for i in range(len(words)))
    return found and words[0] not in ("test", "tests")


def _bare(name: str) -> str:
    """A file name without its endings."""
    text = folded(name).rstrip("~")
    while (shorter := text.removesuffix(next(filter(text.endswith, _ENDINGS), "")).strip()) != text:
        text = shorter
    return text


def looks_like(name: str, candidates: Iterable[str]) -> str | None:
    """The candidate that a name nearly is, if there is one."""
    by_fold = {folded(candidate): candidate for candidate in candidates}
    close = get_close_matches(folded(name), by_fold, 1, CLOSE)
    return by_fold[close[0]] if close else None


def _barer(text: str) -> Iterator[str]:
    """The text as it is, then with less and less of `copy of`, `(1)`, `-copy` and the like around it."""
    yield text
    for pattern in (_BEFORE, _AFTER):
        while (shorter := pattern.sub("", text).strip()) not in ("", text):
            text = shorter
            yield text


def _joined(text: str) -> str:
    return re.sub(r"[\s_\-.]+", "", text)
