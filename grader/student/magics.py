"""A notebook's cell without IPython's own syntax."""

from __future__ import annotations

import re

_STRING = re.compile(r"(?s)'''.*?'''|\"\"\".*?\"\"\"|'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"|#[^\n]*")
# Cells of these are Python all the same.
_STILL_PYTHON = ("%%time", "%%capture", "%%prun", "%%debug")


def without_magics(text: str) -> str:
    """`%magic` and `!shell` lines become `pass`, assignments from them an empty list, `%%` cells of others empty.

    Lines are kept as they are counted. A line inside an open bracket or a string is none of IPython's.
    """
    lines = text.splitlines()
    first = next((line for line in lines if line.strip()), "").strip()
    if first.startswith("%%") and not first.startswith(_STILL_PYTHON):
        return ""
    done: list[str] = []
    for line in lines:
        done.append(line if _is_open("\n".join(done)) else _without_magic(line))
    return "\n".join(done)


def _is_open(before: str) -> bool:
    """Whether the next line goes on with something: a bracket, a string of several lines, a backslash."""
    if before.endswith("\\"):
        return True
    rest = _STRING.sub("", before)
    return "'''" in rest or '"""' in rest or sum(map(rest.count, "([{")) > sum(map(rest.count, ")]}"))


def _without_magic(line: str) -> str:
    bare = line.lstrip()
    indent = line[: len(line) - len(bare)]
    assigned = re.match(r"([A-Za-z_][\w, ]*)=\s*[!%](?!=)", bare)
    if assigned:
        return f"{indent}{assigned.group(1)}= []"
    is_magic = bare.startswith(("%", "!", "?")) or bool(re.fullmatch(r"[\w.]+\?{1,2}", bare.rstrip()))
    return f"{indent}pass" if is_magic and not bare.startswith("%=") else line
