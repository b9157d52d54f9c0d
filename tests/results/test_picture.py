"""A picture is bounded, holds no markup of anybody's, survives any number, and says the same in every form."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest

from grader.results.character_grid import character_grid
from grader.results.picture import KINDS, MOST_SIDE, Picture, number, panel
from grader.results.svg import image, svg
from grader.results.verdict import Verdict, from_property, to_property

NAN, INF = float("nan"), float("inf")
HOSTILE = ((NAN, INF, -INF), (1e308, -1e308, 1e-308), (-0.0, 1e308, 5e-324))
COLOUR = re.compile(r"\x1b\[[\d;]*m")


def attention(*rows: tuple[float, ...]) -> Picture:
    masked = [(0, 1), (0, 2), (1, 2)]
    leaks = [cell for cell in masked if rows[cell[0]][cell[1]] != 0]
    right = ((1.0, 0.0, 0.0), (0.5, 0.5, 0.0), (0.3, 0.3, 0.4))
    return Picture(
        "attention", "Your weights.", "query", "key", (panel("yours", rows, masked, leaks), panel("expected", right))
    )


@pytest.mark.parametrize("kind", KINDS)
def test_any_number_can_be_drawn_and_read_back(kind: str) -> None:
    picture = Picture(kind, "x", "row", "column", (panel("yours", HOSTILE), panel("expected", HOSTILE)))
    kept = json.dumps(picture.to_json(), allow_nan=False)
    again = Picture.from_json(json.loads(kept))
    assert json.dumps(again.to_json()) == kept
    ElementTree.fromstring(svg(again))
    assert not re.search(r'="[^"]*(nan|inf)', svg(again))
    assert character_grid(again, colour=True)


@pytest.mark.parametrize("value", [*dict.fromkeys(sum(HOSTILE, ())), 0.5, -0.5, 99.96, 123456.0, 9.996, -0.001])
def test_a_number_takes_few_characters(value: float) -> None:
    assert len(number(value)) <= 6


def test_a_text_is_shown_as_text() -> None:
    picture = Picture("leak", "<script>'\"&", "<b>", "]]>", (panel("<img onerror=1>", [[1.0]]),))
    drawing = ElementTree.fromstring(svg(picture))
    assert {element.tag.rpartition("}")[2] for element in drawing.iter()} <= {
        "svg", "style", "defs", "pattern", "path", "rect", "text"
    }  # fmt: skip
    assert "<script" not in image(picture)
    assert re.fullmatch(r"<img [^<>]* />", image(picture))


def test_a_picture_is_small() -> None:
    with pytest.raises(ValueError, match="at most"):
        panel("yours", [[0.0] * (MOST_SIDE + 1)])
    with pytest.raises(ValueError, match="a table"):
        panel("yours", [[0.0], [0.0, 1.0]])
    largest = [[-0.12345] * MOST_SIDE] * MOST_SIDE
    picture = Picture("sinusoids", "x", "row", "column", tuple(panel("p", largest) for _ in range(4)))
    assert len(svg(picture)) < 1_000_000
    assert len(json.dumps(picture.to_json())) < 30_000


@pytest.mark.parametrize(
    ("key", "value"),
    [("version", 2), ("kind", "film"), ("panels", []), ("caption", "x" * 1000), ("rows", None), ("panels", [{}])],
)
def test_what_is_no_picture_is_refused(key: str, value: object) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Picture.from_json({**attention((1, 0, 0), (1, 0, 0), (1, 0, 0)).to_json(), key: value})


def test_marks_are_the_same_in_a_terminal_with_and_without_colour() -> None:
    picture = attention((1.0, 0.25, 0.0), (0.4, 0.4, 0.0), (0.3, 0.3, 0.4))
    plain = character_grid(picture, 100)
    assert [COLOUR.sub("", line).rstrip() for line in character_grid(picture, 100, colour=True)] == plain
    assert plain[3].startswith("query 0  1.00  0.25! ░░░░  1.25 ✗")
    assert plain[4].strip().startswith("1  0.40  0.40  ░░░░  0.80 ✗")
    assert plain[-3:] == [
        "░ masked: no weight belongs here",
        "! weight where none belongs",
        "✗ the row does not sum to 1",
    ]
    assert max(map(len, character_grid(picture, 60))) <= 60


def test_a_picture_says_its_numbers_in_words() -> None:
    words = attention((1.0, 0.25, 0.0), (0.4, 0.4, 0.0), (0.3, 0.3, 0.4)).words()
    assert words.startswith("Your weights. Yours: query 0: 1.00, 0.25, 0.00; query 1: ")


def test_a_verdict_keeps_its_picture_and_may_have_none() -> None:
    picture = attention((1.0, 0.25, 0.0), (0.4, 0.4, 0.0), (0.3, 0.3, 0.4))
    verdict = Verdict("5.9", "scaled_attention", 5, "mistake", 0, 1, picture=picture)
    kept = json.loads(json.dumps(to_property(verdict, "")))
    assert from_property(kept).picture == picture
    del kept["picture"]
    assert from_property(kept).picture is None
    assert "picture" not in verdict.to_json()
