"""What a milestone told and drew, as a file: a page of HTML, or the drawings alone in SVG."""

from __future__ import annotations

import contextlib
import html
import io
import re
import sys
from pathlib import Path

from grader.frontends.milestones.outcome import Outcome
from grader.results.atomic import write_whole

ENDINGS = (".html", ".svg")
_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>{title}</title>
<style>:root{{color-scheme:light dark}}body{{max-width:60em;margin:2em auto;padding:0 1em;font-family:system-ui}}
pre{{line-height:1.15}}svg{{display:block;max-width:100%;height:auto;margin:1em 0}}</style>
<pre>{text}</pre>
{drawings}
</html>
"""


class Copied(contextlib.redirect_stdout[io.TextIOBase]):
    """While this lasts, what is printed is shown and kept in `text`."""

    def __init__(self) -> None:
        self._kept = _Both()
        super().__init__(self._kept)

    def __enter__(self) -> Copied:  # type: ignore[override]
        super().__enter__()
        return self

    @property
    def text(self) -> str:
        return self._kept.text.getvalue()


class _Both(io.TextIOBase):
    def __init__(self) -> None:
        self._shown, self.text = sys.stdout, io.StringIO()

    def write(self, text: str) -> int:
        self.text.write(text)
        return self._shown.write(text)

    def flush(self) -> None:
        self._shown.flush()


def write(path: Path, outcome: Outcome, text: str) -> None:
    """Write the file; its ending says what it is. Raises OSError."""
    if path.suffix == ".svg":
        write_whole(path, stacked(outcome.drawings))
        return
    title, drawings = html.escape(text.partition("\n")[0]), "\n".join(outcome.drawings)
    write_whole(path, _PAGE.format(title=title, text=html.escape(text), drawings=drawings))


def stacked(drawings: list[str]) -> str:
    """Drawings one below the other, as one."""
    parts, top, widest = [], 0, 0
    for drawing in drawings:
        width, height = (int(n) for n in re.findall(r'(?:width|height)="(\d+)"', drawing)[:2])
        parts.append(drawing.replace("<svg", f'<svg y="{top}"', 1))
        top, widest = top + height, max(widest, width)
    size = f'width="{widest}" height="{top}" viewBox="0 0 {widest} {top}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(parts)}</svg>\n'
