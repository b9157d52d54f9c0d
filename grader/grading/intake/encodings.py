"""The text of a source file, whatever it was written in, as the UTF-8 that everything behind here reads."""

from __future__ import annotations

import codecs
import re
import unicodedata

# PEP 263: in one of the first two lines, which hold nothing but comments.
_DECLARED = re.compile(rb"\A(?:[ \t\f]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))?[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What text of these scripts is written in where it is no Unicode, how their letters are called, and how many of all
# letters they are at least: Chinese read as Korean is three quarters Hangul.
_SCRIPTS = (
    ("cp932", ("HIRAGANA", "KATAKANA"), 0.3),
    ("cp949", ("HANGUL",), 0.9),
    ("gb18030", ("CJK",), 0.6),
    ("big5", ("CJK",), 0.6),
    ("cp1251", ("CYRILLIC SMALL", "CYRILLIC CAPITAL"), 0.6),
)
# Made for names and wires; some of them take very long over a file.
_NO_FILES = frozenset({"idna", "punycode", "undefined", "mbcs", "oem"})
_SAMPLE = 400


def as_utf8(content: bytes, name: str) -> tuple[bytes, str, str]:
    """The text as UTF-8, a note where its encoding was guessed, and the problem where there is no reading it."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decoded(content, encoding, name, "" if encoding == "utf-8-sig" else "its first bytes say so")
    declared = _DECLARED.match(content)
    if declared is not None:
        encoding = declared.group(1).decode("ascii", "replace")
        if not _is_known(encoding):
            return b"", "", f"{name} declares the encoding {encoding!r}, which is not known here; save it as UTF-8"
        text = _text(content, encoding)
        if text is not None:
            return text.encode("utf-8", "surrogatepass"), "", ""
    if _text(content, "utf-8") is not None:
        return content, "", ""
    wrongly = f"it is not {declared.group(1).decode('ascii', 'replace')} as declared" if declared else "it is not UTF-8"
    return _decoded(content, _guessed(content), name, wrongly)


def _decoded(content: bytes, encoding: str, name: str, why: str) -> tuple[bytes, str, str]:
    text = _text(content, encoding)
    if text is None:
        return b"", "", f"{name} is not text in {encoding}, though {why or 'it begins so'}; save it as UTF-8"
    note = f"{name} was read as {encoding} ({why}); save it as UTF-8" if why else ""
    return text.encode("utf-8", "surrogatepass"), note, ""


def _text(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeError, LookupError, ValueError, MemoryError):
        return None


def _is_known(encoding: str) -> bool:
    """Whether Python reads source files of this encoding."""
    try:
        found = codecs.lookup(encoding)
    except (LookupError, ValueError):
        return False
    return found.name not in _NO_FILES and bool(getattr(found, "_is_text_encoding", False))


def _guessed(content: bytes) -> str:
    """What bytes that are no UTF-8 can only be."""
    nulls = content[:_SAMPLE].count(0)
    if nulls * 3 >= len(content[:_SAMPLE]):
        four = nulls * 3 >= 2 * len(content[:_SAMPLE])
        little = content[:1] != b"\0"
        return ("utf-32" if four else "utf-16") + ("-le" if little else "-be")
    for encoding, letters, least in _SCRIPTS:
        if _share(content, encoding, letters) >= least:
            return encoding
    return "cp1252" if _text(content, "cp1252") is not None else "latin-1"


def _share(content: bytes, encoding: str, letters: tuple[str, ...]) -> float:
    """How much of what is not ASCII are letters of the script, and stands next to another one."""
    text = _text(content, encoding)
    runs = re.findall(r"[^\x00-\x7f]+", text or "")
    others = "".join(runs)[:_SAMPLE]
    if not others or sum(map(len, runs)) < 2 * len(runs):
        return 0.0
    return sum(unicodedata.name(c, "").startswith(letters) for c in others) / len(others)
