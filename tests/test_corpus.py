"""The corpus of answers: an entry says what an answer shows, and anybody's results can be scored with it."""

from __future__ import annotations

from benchmarks.corpus import entries, judged, score, solution
from grader.course.catalogue import stage
from grader.course.points import Points
from grader.course.stored_answers import read_answer
from grader.grading.examine import Settings
from grader.grading.reference import PUBLIC_SEED, choose_reference
from tests.conftest import ROOT

ANSWERS = ROOT / "solutions" / "stage5" / "answers"
SETTINGS = Settings(PUBLIC_SEED, Points(), choose_reference(PUBLIC_SEED))
RIGHT = {"id": "r", "right": True, "degenerate": False, "mistakes": [], "may": []}
WRONG = {"id": "w", "right": False, "degenerate": False, "mistakes": ["5.1"], "may": ["5.9"]}
SLIP = {"id": "s", "right": False, "degenerate": False, "mistakes": [], "may": []}


def test_an_entry_holds_the_whole_file_and_what_is_wrong_with_it() -> None:
    (entry,) = entries([read_answer(ANSWERS / "scaled_attention" / "divides_by_d_k.py", stage(5))])
    assert (entry["stage"], entry["file"], entry["function"]) == (5, "scaled_attention.py", "scaled_attention")
    assert not entry["right"]
    assert entry["mistakes"] == ["5.2"]
    assert entry["code"].count("def scaled_attention") == 2
    assert judged(entry, SETTINGS, solution(5)) == {"id": entry["id"], "caught": True, "named": ["5.2"]}


def test_shares_are_counted_over_what_has_a_result() -> None:
    results = [
        {"id": "r", "caught": True},
        {"id": "w", "caught": True, "named": ["5.1", "5.9"]},
        {"id": "s", "caught": False, "named": []},
    ]
    assert score([RIGHT, WRONG, SLIP], results) == [
        "3 of 3 entries have a result.",
        "wrong answers caught: 1 of 2 (50.0%)",
        "documented mistakes named: 1 of 1 (100.0%)",
        "wrong answers accused of a mistake that they do not make: 0 of 2 (0.0%)",
        "right answers refused: 1 of 1 (100.0%)",
    ]
    assert score([RIGHT, WRONG], [{"id": "w", "caught": True, "named": ["5.2"]}])[2:4] == [
        "documented mistakes named: 0 of 1 (0.0%)",
        "wrong answers accused of a mistake that they do not make: 1 of 1 (100.0%)",
    ]
