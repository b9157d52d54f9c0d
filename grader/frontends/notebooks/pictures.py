"""Pictures for feedback: a student's attention weights as a heat map, beside where weight may be.

The weights come from one more call of the student's own function. A picture is an SVG drawing inside an
<img> element: it cannot run anything, and it shows wherever HTML does.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from grader.course.catalogue import stage
from grader.course.measure import softmax
from grader.grading.examine import Functions
from grader.results.verdict import Verdict
from grader.student.faults import StudentFault

SIZE = 5
_CELL, _GAP, _TOP, _LEFT, _SUM = 38, 56, 46, 26, 58
Asked = Callable[[Functions, float], "tuple[np.ndarray, np.ndarray] | None"]


def picture(verdict: Verdict, functions: Functions, deadline: float) -> str:
    """An <img> for a verdict that a picture helps; "" for others, and where there is nothing to draw."""
    found = weights_for(verdict, functions, deadline)
    return _image(*found) if found is not None else ""


def weights_for(verdict: Verdict, functions: Functions, deadline: float) -> tuple[np.ndarray, np.ndarray] | None:
    """The student's weights, queries by keys, and where weight may be; None where a picture of them helps nobody."""
    ask = _PICTURES.get((verdict.exercise, verdict.id or ""))
    if ask is None or verdict.status != "mistake":
        return None
    try:
        return ask(functions, deadline)
    except (StudentFault, ArithmeticError, ValueError):
        return None


def _call(name: str, functions: Functions, args: tuple[Any, ...], deadline: float) -> Any:
    stem = next(exercise.stem for exercise in stage(5).exercises if exercise.name == name)
    return functions.call(stem, name, args, deadline)


def _from_mask(functions: Functions, deadline: float) -> tuple[np.ndarray, np.ndarray] | None:
    """What a mask alone makes of equal scores: the weights that its rows leave."""
    mask = _matrix(_call("causal_mask", functions, (SIZE,), deadline))
    if mask is None:
        return None
    with np.errstate(all="ignore"):
        return softmax(mask), np.tri(SIZE, dtype=bool)


def _masked(functions: Functions, deadline: float) -> tuple[np.ndarray, np.ndarray] | None:
    allowed = np.tri(SIZE, dtype=bool)
    return _weights(functions, deadline, (np.where(allowed, 0.0, -np.inf),), allowed)


def _free(functions: Functions, deadline: float) -> tuple[np.ndarray, np.ndarray] | None:
    return _weights(functions, deadline, (), np.ones((SIZE, SIZE), dtype=bool))


def _weights(
    functions: Functions, deadline: float, mask: tuple[np.ndarray, ...], allowed: np.ndarray
) -> tuple[np.ndarray, np.ndarray] | None:
    rng = np.random.default_rng(5)
    q, k, v = rng.normal(size=(SIZE, 8)), rng.normal(size=(SIZE, 8)), rng.normal(size=(SIZE, 3))
    answer = _call("scaled_attention", functions, (q, k, v, *mask), deadline)
    weights = _matrix(answer[1]) if isinstance(answer, list) and len(answer) == 2 else None
    return None if weights is None else (weights, allowed)


def _self_attention(functions: Functions, deadline: float) -> tuple[np.ndarray, np.ndarray] | None:
    """Values that are one-hot rows come out as the weights themselves."""
    rng = np.random.default_rng(5)
    x = np.concatenate([rng.normal(size=(SIZE, SIZE)), np.eye(SIZE)], axis=1)[None]
    w_q, w_k = (np.concatenate([rng.normal(size=(SIZE, SIZE)), np.zeros((SIZE, SIZE))]) for _ in range(2))
    w_v = np.concatenate([np.zeros((SIZE, SIZE)), np.eye(SIZE)])
    weights = _matrix(_call("causal_self_attention", functions, (x, w_q, w_k, w_v), deadline))
    return None if weights is None else (weights, np.tri(SIZE, dtype=bool))


_PICTURES: Mapping[tuple[str, str], Asked] = {
    ("causal_mask", "5.1"): _from_mask,
    ("causal_mask", "5.7"): _from_mask,
    ("scaled_attention", "5.1"): _masked,
    ("scaled_attention", "5.8"): _free,
    ("scaled_attention", "5.9"): _masked,
    ("causal_self_attention", "5.1"): _self_attention,
    ("causal_self_attention", "5.9"): _self_attention,
}


def _matrix(value: Any) -> np.ndarray | None:
    """The last two axes of a small array of numbers."""
    if not isinstance(value, np.ndarray) or not 1 <= value.ndim <= 6 or value.size == 0:
        return None
    last = np.atleast_2d(value[(0,) * max(0, value.ndim - 2)]).astype(np.float64)
    return last if max(last.shape) <= 2 * SIZE else None


def _image(got: np.ndarray, allowed: np.ndarray) -> str:
    width = _LEFT + got.shape[1] * _CELL + _SUM + _GAP + allowed.shape[1] * _CELL + _SUM
    height = _TOP + max(got.shape[0], allowed.shape[0]) * _CELL + 12
    second = _LEFT + got.shape[1] * _CELL + _SUM + _GAP
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" font-family="system-ui, sans-serif">'
        f'<rect width="{width}" height="{height}" rx="6" fill="#fff"/>'
        f"{_grid(_LEFT, 'Yours', _got_cells(got), _sums(got), _leaks(got, allowed))}"
        f"{_grid(second, 'Where weight may be', _allowed_cells(allowed), ['1.00'] * len(allowed))}</svg>"
    )
    data = base64.b64encode(drawing.encode()).decode()
    words = "; ".join(", ".join(number(value) for value in row) for row in got)
    alt = f"Your attention weights, a row per query, beside where weight may be: {words}"
    return (
        f'<img class="misstep-picture" src="data:image/svg+xml;base64,{data}" width="{width}" height="{height}" '
        f'alt="{alt}" style="display:block;max-width:100%;margin:.6em 0">'
    )


def _leaks(got: np.ndarray, allowed: np.ndarray) -> np.ndarray | None:
    """Which of the weights stand where none may be; None where the shapes do not say."""
    return (np.abs(got) > 1e-6) & ~allowed if got.shape == allowed.shape else None


Drawn = list[list[tuple[str, str, str]]]


def _grid(left: int, title: str, cells: Drawn, sums: list[str], leaks: np.ndarray | None = None) -> str:
    right = left + len(cells[0]) * _CELL
    parts = [_text(left, 16, title, "#222", "start", 13, "600"), _text(left, 36, "keys →", "#777", "start", 11)]
    parts.append(_text(right + 10, 36, "row sum", "#777", "start", 11))
    for row, line in enumerate(cells):
        y = _TOP + row * _CELL
        for column, (fill, ink, text) in enumerate(line):
            x = left + column * _CELL
            edge = ' stroke="#c0392b" stroke-width="2"' if leaks is not None and leaks[row, column] else ""
            parts.append(f'<rect x="{x}" y="{y}" width="{_CELL - 4}" height="{_CELL - 4}" rx="3" fill="{fill}"{edge}/>')
            parts.append(_text(x + _CELL // 2 - 2, y + 22, text, ink, "middle", 11))
        ink = "#222" if sums[row] == "1.00" else "#c0392b"
        parts.append(_text(right + 10, y + 22, sums[row], ink, "start", 12, "600"))
        parts.append(_text(left - 8, y + 22, str(row), "#777", "end", 11))
    return "".join(parts)


def _got_cells(got: np.ndarray) -> Drawn:
    return [[(_colour(value), _ink(value), number(value)) for value in row] for row in got]


def _allowed_cells(allowed: np.ndarray) -> Drawn:
    return [[("#cfe3f5", "#24527a", "•") if open_ else ("#eeeeec", "#777", "0") for open_ in row] for row in allowed]


def _sums(got: np.ndarray) -> list[str]:
    return [number(float(row.sum())) for row in got]


def number(value: float) -> str:
    if np.isfinite(value):
        return f"{value:.2f}" if abs(value) < 100 else f"{value:.0e}"
    return "nan" if np.isnan(value) else ("∞" if value > 0 else "−∞")


def _colour(value: float) -> str:
    """From grey at 0 to dark blue at 1; red for what is no weight."""
    if not np.isfinite(value) or value < -1e-6:
        return "#f3c6c0"
    if value <= 1e-6:
        return "#eeeeec"
    share = min(1.0, float(value)) ** 0.7
    light, dark = (222, 235, 247), (16, 78, 139)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(light, dark, strict=True))


def _ink(value: float) -> str:
    return "#fff" if np.isfinite(value) and value > 0.38 else "#222"


def _text(x: int, y: int, text: str, fill: str, anchor: str, size: int, weight: str = "400") -> str:
    style = f'fill="{fill}" text-anchor="{anchor}" font-size="{size}" font-weight="{weight}"'
    return f'<text x="{x}" y="{y}" {style}>{text}</text>'
