"""What was reached in milestones is kept beside the results, and added to."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.results.milestones import FILE, Reached, keep_milestones, read_milestones
from grader.results.records import ResultsError

LOSS = Reached("loss", 1.5, 1.2, False)
ACCURACY = Reached("accuracy", 1.0, 1.0, True)
STOPPED = Reached("", None, None, False, "softmax")


def test_what_is_kept_is_read_again_and_added_to(tmp_path: Path) -> None:
    assert read_milestones(tmp_path) == {}
    keep_milestones(tmp_path, "ann", {6: LOSS})
    keep_milestones(tmp_path, "bo\udcff", {3: STOPPED})
    keep_milestones(tmp_path, "ann", {5: ACCURACY})
    assert read_milestones(tmp_path) == {"ann": {5: ACCURACY, 6: LOSS}, "bo\udcff": {3: STOPPED}}


@pytest.mark.parametrize(
    "text", ["", "[]", '{"version": 2, "submissions": {}}', '{"version": 1, "submissions": {"a": 3}}']
)
def test_a_file_of_another_form_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text)
    with pytest.raises(ResultsError, match="cannot be read as milestones"):
        read_milestones(tmp_path)


def test_in_a_table_it_is_short_and_says_where_it_is_off() -> None:
    some, none = Reached("loss", 1.2, 1.2, True, own=7, needed=10), Reached("", None, None, False, own=0, needed=10)
    texts = ["1.50 ≠", "100%", "stopped at softmax", "1.20 (7 of 10)", "not begun"]
    assert [one.text for one in (LOSS, ACCURACY, STOPPED, some, none)] == texts
