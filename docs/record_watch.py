"""Record `misstep watch` as a picture: `python docs/record_watch.py [FILE]`, by default docs/pictures/watch.svg.

Watch runs in a pseudo-terminal on stubs of which three are solved. What it draws after each step is one picture of the
film; a viewer that shows no films shows the second one.
"""

from __future__ import annotations

import html
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pexpect
from rich.console import Console
from rich.segment import Segment
from rich.text import Text

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs/pictures/watch.svg"
SOLVED = ("causal_mask", "scaled_attention", "causal_attention")
COLUMNS, ROWS = 80, 30
SECONDS = 4
CELL, LINE, MARGIN = 8.4, 19, 14
COLOURS = {2: "#8ec07c", 3: "#e5c07b", 4: "#7aa2f7", 6: "#6cc7d8", 10: "#8ec07c", 12: "#7aa2f7"}
RESHAPED = "B, T, D = x.shape\n    return x.reshape(B, n_heads, T, D // n_heads)"
CLEAR = "\x1b[H\x1b[2J\x1b[3J"
STYLE = """
svg { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 14px; }
text { white-space: pre; }
.screen { visibility: hidden; animation: film @SECONDS@s step-end infinite; }
.shown { visibility: visible; }
@keyframes film { 0% { visibility: visible; } @SHARE@% { visibility: hidden; } 100% { visibility: hidden; } }
@media (prefers-reduced-motion: reduce) { .screen { animation: none; } }
"""


def main() -> None:
    """Record, and write the picture."""
    with tempfile.TemporaryDirectory() as home:
        screens = list(_screens(_course(Path(home).resolve())))
    picture = Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURE
    picture.write_text(svg(screens), encoding="utf-8")
    print(f"{picture}: {len(screens)} screens, {picture.stat().st_size / 1000:.0f} kB")


def _course(home: Path) -> Path:
    for stage in sorted((ROOT / "exercises").glob("stage*")):
        shutil.copytree(stage, home / "exercises" / stage.name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in SOLVED:
        shutil.copy(ROOT / f"solutions/stage5/{name}.py", home / "exercises/stage5")
    return home


def _screens(course: Path) -> Iterator[str]:
    """What stands on the terminal after each step."""
    heads = course / "exercises/stage5/heads.py"
    stub, solved = (path.read_text(encoding="utf-8") for path in (heads, ROOT / "solutions/stage5/heads.py"))
    right = solved.partition("def merge_heads")[0] + "".join(stub.partition("def merge_heads")[1:])
    reshaped = stub.replace("raise NotImplementedError", RESHAPED, 1)
    program = ["-c", "import sys; from grader.frontends.cli import main; sys.exit(main())", "watch", "stage5"]
    environment = {**os.environ, "TERM": "xterm"}
    environment.pop("NO_COLOR", None)
    options: dict[str, Any] = {"cwd": course, "env": environment, "dimensions": (ROWS, COLUMNS), "encoding": "utf-8"}
    child = pexpect.spawn(sys.executable, program, timeout=60, **options)
    yield _screen(child, "split_heads is not filled in yet")
    heads.write_text(reshaped, encoding="utf-8")
    yield _screen(child, "5.13 Heads reshaped")
    child.send("h")
    yield _screen(child, "hint 1 of 3")
    heads.write_text(right, encoding="utf-8")
    yield _screen(child, "split_heads is done")
    child.send("q")
    child.expect(pexpect.EOF)


def _screen(child: Any, text: str) -> str:
    """The first whole screen that holds the text, and says that nothing runs any more."""
    while True:
        child.expect_exact("q quit\x1b[0m")
        drawn = str(child.before + child.after).rpartition(CLEAR)[2]
        if text in drawn and "running" not in drawn:
            return drawn


def svg(screens: Sequence[str]) -> str:
    """The screens, lines with a terminal's colours, as one picture that shows each of them for SECONDS."""
    width, height = round(COLUMNS * CELL + 2 * MARGIN), ROWS * LINE + 2 * MARGIN
    style = STYLE.replace("@SECONDS@", str(SECONDS * len(screens))).replace("@SHARE@", f"{100 / len(screens):g}")
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" fill="#d8d8d8">',
        "<title>misstep watch: a stub, a mistake with its numbers, a hint, and the next exercise</title>",
        f'<style>{style}</style><rect width="100%" height="100%" rx="8" fill="#1d1f21"/>',
    ]
    for number, screen in enumerate(screens):
        # Negative: all of the film's pictures run from the start, each in its own place.
        delay, shown = SECONDS * (number - len(screens)), " shown" if number == 1 else ""
        parts.append(f'<g class="screen{shown}" style="animation-delay:{delay}s">')
        parts += [piece for row, line in enumerate(screen.splitlines()[:ROWS]) for piece in _line(line, row)]
        parts.append("</g>")
    return "\n".join([*parts, "</svg>"]) + "\n"


def _line(line: str, row: int) -> Iterator[str]:
    """The pieces of a line, each at its own column whatever font there is."""
    column = 0
    for segment in Text.from_ansi(line).render(Console(color_system="truecolor")):
        text = segment.text.strip(" \n")
        start = column + len(segment.text) - len(segment.text.lstrip(" "))
        column += len(segment.text.rstrip("\n"))
        if text:
            place = f'x="{MARGIN + start * CELL:.1f}" y="{MARGIN + (row + 1) * LINE - 5}"'
            yield f'<text {place} textLength="{len(text) * CELL:.1f}"{_look(segment)}>{html.escape(text)}</text>'


def _look(segment: Segment) -> str:
    style = segment.style
    if style is None:
        return ""
    number = style.color.number if style.color else None
    colour = f' fill="{COLOURS[number]}"' if number in COLOURS else ""
    return colour + (' font-weight="bold"' if style.bold else "") + (' opacity="0.6"' if style.dim else "")


if __name__ == "__main__":
    main()
