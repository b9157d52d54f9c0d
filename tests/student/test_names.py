"""What a name was meant to be, whoever wrote it."""

from __future__ import annotations

import unicodedata

import pytest

from grader.student.names import looks_like, meant, stage_in, stage_number

STEMS = ("heads", "kv_cache", "scaled_attention", "causal_mask")
MEANT = {
    "heads.py": "heads",
    "Heads.py": "heads",
    "HEADS.PY": "heads",
    "heads (1).py": "heads",
    "heads(2).py": "heads",
    "heads-copy.py": "heads",
    "heads - Copy.py": "heads",
    "heads - Kopie (2).py": "heads",
    "Copy of heads.py": "heads",
    "Kopie von heads.py": "heads",
    "heads copy 2.py": "heads",
    "heads-1.py": "heads",
    "heads_final_v2.py": "heads",
    "heads.py.txt": "heads",
    " heads .py": "heads",
    "KV-Cache.py": "kv_cache",
    "kvcache.py": "kv_cache",
    "scaledAttention.py": "scaled_attention",
    "causal mask.py": "causal_mask",
    "test_heads.py": None,
    "heads2.py": None,
    "subheads.py": None,
    "utils.py": None,
    "copy.py": None,
    "(1).py": None,
}
STAGES = {
    "stage5": 5,
    "Stage5": 5,
    "stage 5": 5,
    "stage_5": 5,
    "STAGE-05": 5,
    "stage5 (1)": 5,
    "Copy of stage 5": 5,
    "stage": None,
    "stage5b": None,
    "backstage5": None,
}
NOTEBOOKS = {
    "stage5-jane": 5,
    "Copy of stage5": 5,
    "jane doe stage 5 final": 5,
    "stage55": 55,
    "stage5 and stage6": None,
    "homework": None,
    "backstage5": None,
}


@pytest.mark.parametrize("name", MEANT)
def test_a_file_is_taken_for_what_it_was_meant_to_be(name: str) -> None:
    assert meant(name, STEMS) == MEANT[name]
    assert meant(unicodedata.normalize("NFD", name), STEMS) == MEANT[name]


@pytest.mark.parametrize("name", STAGES)
def test_a_folder_is_called_after_a_stage_in_any_spelling(name: str) -> None:
    assert stage_number(name) == STAGES[name]


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_may_bear_more_than_the_stage_in_its_name(name: str) -> None:
    assert stage_in(name) == NOTEBOOKS[name]


def test_a_misspelt_name_looks_like_the_right_one() -> None:
    assert looks_like("haeds.py", ["heads.py", "kv_cache.py"]) == "heads.py"
    assert looks_like("notes.py", ["heads.py", "kv_cache.py"]) is None
