"""Text that a student may have written, made safe for where it is shown.

File names, exception texts and printed numbers come from submissions. Each function here takes any
`str` (lone surrogates of undecodable file names included) and gives text that its target shows as it is.
Whatever feedback says goes through `one_line`, so a student's run needs this module: it imports next to nothing.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import Any

# What a spreadsheet may take for the start of a formula (OWASP, "CSV Injection"), full-width forms included.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_AFTER_SEPARATOR = re.compile(r"[;\t][\s\"']*(?=[=+\-@\uff1d\uff0b\uff0d\uff20])")
# Control, format (bidirectional overrides, zero-width), surrogate, private, unassigned; line separators.
_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_SEEN = {"\u200c", "\u200d"}  # the joiners that Persian and Indic names are spelt with
# What our own marks and signs become where a terminal's encoding lacks them; one character where they line up.
_SPELT = dict(zip("✓✗≠·○█░→×−–—─│’‘“”•", "+x#.o#->x----|''\"\"*", strict=True))
_SPELT |= {"√": "sqrt ", "∞": "inf", "…": "...", "≤": "<=", "≥": ">=", "≈": "~", "²": "^2", "½": "1/2", "¼": "1/4"}
SPELT_OUT = "misstep.spelt-out"


def visible(text: str, *, lines: bool = False) -> str:
    r"""`text` with every character that cannot be seen as its Python escape; `lines` keeps "\n" and tabs."""
    if text.isprintable():
        return text
    keep = "\n\t" if lines else ""
    return "".join(c if c in keep or not _unseen(c) else _escape(c) for c in text)


def logged(text: str) -> str:
    """`text` for a log: nothing that GitHub's would take for a command (`::` at a line's start, `##[`)."""
    shown = visible(text).replace("##[", "#\\x23[")
    return re.sub(r"^(\s*):(?=:)", r"\1\\x3a", shown)


def one_line(text: str, limit: int = 1000) -> str:
    """`text` on one line, for a log too: runs of white space become one blank; what goes beyond `limit` is cut."""
    return _cut(logged(" ".join(text[: limit * 4].split())), limit, len(text) > limit * 4)


def shortened(text: str, limit: int) -> str:
    """At most `limit` characters of `text`, lines kept."""
    return _cut(visible(text[:limit], lines=True), limit, len(text) > limit)


def cell(text: str, *, lines: bool = False) -> str:
    """A text cell of a spreadsheet: what could start a formula gets an apostrophe before it.

    That is the cell's start, and what follows a semicolon or a tab: where those part cells, the rest is one of its own.
    """
    shown = _AFTER_SEPARATOR.sub(r"\g<0>'", visible(text, lines=lines))
    return "'" + shown if shown.lstrip(" ").startswith(_FORMULA) else shown


def uncell(text: str) -> str:
    """The text of a cell that `cell` may have written."""
    return text[1:] if text[:1] == "'" and text[1:].lstrip(" ").startswith(_FORMULA) else text


def spell_out(stream: Any) -> None:
    """Let a stream of text write what its encoding lacks in other characters, instead of raising."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors=SPELT_OUT)


def html(text: str) -> str:
    """Text for an HTML page or attribute."""
    import html as markup  # its table of entities is nothing that a student's run needs

    return markup.escape(visible(text, lines=True))


def markdown(text: str) -> str:
    """Inline markdown for GitHub that shows `text` and nothing else: no markup, link, mention or formula."""
    line = re.sub(r"([\\`*_{}\[\]()#+!|~$^=>-])", r"\\\1", one_line(text))
    line = re.sub(r"^(\d+)\.(?= |$)", r"\1\\.", line)  # no numbered list
    line = line.replace("&", "&amp;").replace("<", "&lt;").replace("\\$", "<span>$</span>")
    # A zero-width blank breaks what GitHub would turn into a link: mentions, issue numbers, bare addresses.
    return re.sub(r"(@|\\#|:(?=//)|www(?=\.)|GH(?=\\-))", "\\1\u200b", line)


def _spelt_out(error: UnicodeError) -> tuple[str, int]:
    """The handler of Python's codecs for `SPELT_OUT`: our signs by name, letters without accents, else escapes."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_spelt, error.object[error.start : error.end])), error.end


def _spelt(character: str) -> str:
    bare = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode("ascii")
    return _SPELT.get(character) or bare or _escape(character)


codecs.register_error(SPELT_OUT, _spelt_out)


def _cut(shown: str, limit: int, more: bool) -> str:
    return shown if len(shown) <= limit and not more else shown[: limit - 1] + "…"


def _unseen(character: str) -> bool:
    return unicodedata.category(character) in _UNSEEN and character not in _SEEN


def _escape(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a file name that is not UTF-8
        return f"\\x{code - 0xDC00:02x}"
    return character.encode("unicode_escape", "backslashreplace").decode("ascii")
