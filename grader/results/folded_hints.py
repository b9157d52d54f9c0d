"""The hints of a mistake as HTML: folded, each step inside the one before, so that they are read one at a time."""

from __future__ import annotations

import html
import re

from grader.course.hints import hints

_CODE = re.compile(r"`([^`]+)`")


def folded_hints(mistake: str) -> str:
    """Nested `<details>` of the course's own text, without an empty line; "" where the mistake has no hints."""
    steps, folded = hints(mistake), ""
    for number, step in reversed(list(enumerate(steps, start=1))):
        text = _CODE.sub(r"<code>\1</code>", html.escape(step))
        heading = f"Hint {number} of {len(steps)}"
        folded = f'<details class="hint"><summary>{heading}</summary><div>{text}</div>{folded}</details>'
    return folded
