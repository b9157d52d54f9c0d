"""The picture of watch in the README is what watch shows, and loads nothing."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as xml
from pathlib import Path

import pytest

from grader.course.catalogue import find_page
from grader.course.hints import hints
from grader.frontends.watch.loop import KEYS
from tests.conftest import ROOT

PICTURE = ROOT / "docs/pictures/watch.svg"


def test_the_picture_speaks_today_s_words_and_is_small() -> None:
    content = PICTURE.read_text(encoding="utf-8")
    assert len(content) < 40_000
    assert not [word for word in ("url(", "href", "<script", "@import") if word in content]
    text = "\n".join(element.text or "" for element in xml.fromstring(content).iter())
    page = find_page("5.13")
    assert page is not None
    for words in (KEYS.strip(), page.title, hints("5.13")[0], "split_heads is done.", "merge_heads"):
        assert words in text


@pytest.mark.long
def test_recording_it_again_gives_the_same_picture(tmp_path: Path) -> None:
    again = tmp_path / "watch.svg"
    subprocess.run([sys.executable, "docs/record_watch.py", str(again)], cwd=ROOT, check=True, timeout=300)
    assert again.read_text(encoding="utf-8") == PICTURE.read_text(encoding="utf-8")
