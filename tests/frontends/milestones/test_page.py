"""What a milestone told and drew, as a file that opens anywhere."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import fromstring

import numpy as np
import pytest

from grader.frontends.cli import main
from grader.frontends.milestones import curves
from grader.frontends.milestones.page import stacked
from tests.conftest import ROOT

SOLUTIONS = str(ROOT / "solutions")
SVG = "{http://www.w3.org/2000/svg}"


def test_a_page_holds_the_text_and_the_drawings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "new" / "page.html"
    assert main(["milestone", "5", SOLUTIONS, "--out", str(page)]) == 0
    shown, kept = capsys.readouterr().out, page.read_text(encoding="utf-8")
    assert "Yours: 7 of 7" in shown
    assert shown in kept
    assert kept.count("<svg") == 2
    assert "http" not in kept.replace("http://www.w3.org/2000/svg", "")


def test_drawings_stand_one_below_the_other() -> None:
    one, two = (curves.drawing(title, [2.0, 1.0], [2.0, np.inf], 10) for title in ("one", "two & more"))
    root = fromstring(stacked([one, two]))
    inner = root.findall(f"{SVG}svg")
    assert [part.get("y") for part in inner] == ["0", inner[0].get("height")]
    assert [part.find(f"{SVG}text").text for part in inner] == ["one", "two & more"]  # type: ignore[union-attr]


def test_a_file_of_another_kind_or_in_no_place_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["milestone", "5", SOLUTIONS, "--out", "x.pdf"])
    (tmp_path / "file").write_text("")
    assert main(["milestone", "5", SOLUTIONS, "--out", str(tmp_path / "file" / "x.svg")]) == 2
    assert "cannot be written" in capsys.readouterr().err
