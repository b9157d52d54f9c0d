"""A store that cannot be used says so in a line, and touches nothing that was there."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from grader.results.store import FILE, Store, StoreError, read_details


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A store that holds two hundred results."""
    store = Store(tmp_path / "out")
    for number in range(200):
        store.put(f"student {number}", "key", '{"checks": [{"stage": 5}]}', "[]")
    store.close()
    return tmp_path / "out"


def use(out: Path) -> None:
    """Everything that a run reads."""
    store = Store(out)
    try:
        store.key("student 7")
        store.stages()
        list(store.results(iter(["student 7"])))
    finally:
        store.close()


def test_a_store_gives_back_what_was_put(out: Path) -> None:
    use(out)
    assert len(list(read_details(out))) == 200


@pytest.mark.parametrize("start", [0, 4096])
def test_a_damaged_store_is_named_and_left_alone(out: Path, start: int) -> None:
    content = (out / FILE).read_bytes()
    damaged = content[:start] + b"\xab" * (len(content) - start)
    (out / FILE).write_bytes(damaged)
    with pytest.raises(StoreError, match=r"results\.sqlite cannot be used: .*; move it away"):
        use(out)
    assert (out / FILE).read_bytes()[start:] == damaged[start:]


def test_a_store_cut_short_is_named(out: Path) -> None:
    (out / FILE).write_bytes((out / FILE).read_bytes()[:6000])
    with pytest.raises(StoreError, match="cannot be used"):
        use(out)


def test_a_database_of_somebody_elses_is_named(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE) as base:
        base.execute("CREATE TABLE results (colour TEXT)")
    base.close()
    with pytest.raises(StoreError, match="no such column"):
        use(tmp_path)


def test_an_out_that_is_a_file_is_named_as_one(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("notes")
    with pytest.raises(StoreError, match="out cannot be used for results: it is a file"):
        Store(tmp_path / "out")
    assert (tmp_path / "out").read_text() == "notes"


def test_a_store_in_use_cannot_be_opened_again(out: Path) -> None:
    store = Store(out)
    with pytest.raises(StoreError, match="in use by another run"):
        Store(out)
    store.close()
    use(out)
