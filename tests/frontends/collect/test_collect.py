"""`misstep collect`: what each system's download looks like, and that nobody in it is lost."""

from __future__ import annotations

import csv
import io
import stat
import zipfile
from pathlib import Path

import pytest

from grader.frontends.cli import main
from grader.frontends.collect import archive, systems
from grader.results.formats.roster import read_roster

RIGHT, OLD = b"# the newest\n", b"# older\n"
SLIP = (
    "Name: Jané Smith (js_1)\r\nAssignment: HW_1\r\nDate Submitted: Thursday, 9 February 2017\r\n\r\nFiles:\r\n"
    "\tOriginal filename: heads.py\r\n\tFilename: HW_1_js_1_attempt_2017-02-09-23-33-16_heads.py\r\n"
)
METADATA = """\
submission_11:
  :submitters:
  - :name: Jané Smith
    :sid: '0100'
    :email: jane@example.org
  - :name: Tom Jones
    :sid: '0200'
    :email: tom@example.org
  :created_at: !ruby/object:Time 2024-01-20 21:12:31.482935000 Z
  :results: !ruby/hash:ActiveSupport::HashWithIndifferentAccess
    score: 3
submission_12:
  :submitters:
  - :name: Ann Lee
    :sid: '0300'
  :created_at: 2024-01-20 21:12:31.482935000 Z
"""
NESTED, NIGHT = "397063-2557369 - Jané Smith - Sep 24, 2024", "_attempt_2017-02-09-23-33-16"
DOWNLOADS: dict[str, dict[str, bytes]] = {
    "canvas": {
        "smithjane_LATE_71_900_heads-1.py": RIGHT,
        "smithjane_LATE_71_899_kv_cache.py": RIGHT,
        "lee2ann_72_903_my_8_9_notes.py": RIGHT,
        "anon_Xy9aB_904_stage5.ipynb": RIGHT,
        "jonestom_73_text.html": RIGHT,
    },
    "moodle": {
        "Jané Smith_657737_assignsubmission_file/stage5/heads.py": RIGHT,
        "Tom O_Neil_657738_assignsubmission_file_/heads.py": RIGHT,
        "Ann Lee_657739_assignsubmission_file_my_heads.py": RIGHT,
        "Ann Lee_657739_assignsubmission_onlinetext/onlinetext.html": RIGHT,
        "Group A_12_assignsubmission_file/heads.py": RIGHT,
    },
    "gradescope": {
        "assignment_9_export/submission_metadata.yml": METADATA.encode(),
        "assignment_9_export/submission_11/stage5/heads.py": RIGHT,
        "assignment_9_export/submission_12/heads.py": RIGHT,
    },
    "brightspace": {
        "index.html": b"<html>",
        f"{NESTED} 1126 AM/heads.py": OLD,
        f"{NESTED} 126 PM/stage5/heads.py": RIGHT,
        "397063-2557370 - Ann - Lee - 3 October, 2024 0926/heads.py": RIGHT,
        "397063-2557371 - Tom - Oct 1, 2024 1200 AM - heads 2024.py": RIGHT,
    },
    "blackboard": {
        f"HW_1_js_1{NIGHT}_heads.py": RIGHT,
        f"HW_1_js_1{NIGHT}.txt": SLIP.encode(),
        "HW_1_js_1_attempt_2017-02-08-23-33-16_heads.py": OLD,
        f"HW_1_ann{NIGHT}_part_2.py": RIGHT,
    },
}
EXPECTED: dict[str, dict[str, list[str]]] = {
    "canvas": {
        "smithjane_71": ["heads.py", "kv_cache.py"],
        "lee2ann_72": ["my_8_9_notes.py"],
        "anon_Xy9aB": ["stage5.ipynb"],
        "jonestom_73": ["text.html"],
    },
    "moodle": {
        "Jané Smith_657737": ["stage5/heads.py"],
        "Tom O_Neil_657738": ["heads.py"],
        "Ann Lee_657739": ["my_heads.py", "onlinetext.html"],
        "Group A_12": ["heads.py"],
    },
    "gradescope": {"jane@example.org": ["stage5/heads.py"], "0300": ["heads.py"]},
    "brightspace": {"Jané Smith": ["stage5/heads.py"], "Ann - Lee": ["heads.py"], "Tom": ["heads 2024.py"]},
    "blackboard": {"js_1": ["heads.py"], "ann": ["part_2.py"]},
}


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as target:
        for name, content in files.items():
            target.writestr(name, content)
    return path


def unpacked(path: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(content)
    return path


def files_of(batch: Path) -> dict[str, list[str]]:
    """The files of each submission; all of them must be the newest."""
    found: dict[str, list[str]] = {}
    for path in sorted(p for p in batch.glob("*/**/*") if p.is_file()):
        assert path.read_bytes() == RIGHT
        name, _, file = path.relative_to(batch).as_posix().partition("/")
        found.setdefault(name, []).append(file)
    return found


def rows(batch: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((batch / "collected.csv").read_text(encoding="utf-8-sig"))))


def run(*words: object) -> int:
    return main(["collect", *map(str, words)])


@pytest.mark.parametrize("system", DOWNLOADS)
@pytest.mark.parametrize("make", [zipped, unpacked])
def test_a_download_becomes_a_batch(tmp_path: Path, system: str, make: object) -> None:
    source = make(tmp_path / "download.zip", DOWNLOADS[system])  # type: ignore[operator]
    assert run(source, "--from", system, "--out", tmp_path / "batch") == 0
    expected = {name: files for name, files in EXPECTED[system].items() if files}
    assert files_of(tmp_path / "batch") == expected


def test_every_system_has_a_sample_and_its_source() -> None:
    assert set(systems()) == set(DOWNLOADS)
    assert all("Source:" in (module.__doc__ or "") for module in systems().values())


def test_late_marks_and_ids_are_kept(tmp_path: Path) -> None:
    run(zipped(tmp_path / "c.zip", DOWNLOADS["canvas"]), "--from", "canvas", "--out", tmp_path / "b")
    found = {row["submission"]: (row["late"], row["canvas_id"]) for row in rows(tmp_path / "b")}
    assert found["smithjane_71"] == ("late", "71")
    assert found["lee2ann_72"] == ("", "72")
    assert found["anon_Xy9aB"] == ("", "")


def test_the_newest_attempt_by_the_systems_own_time_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(zipped(tmp_path / "b.zip", DOWNLOADS["brightspace"]), "--from", "brightspace", "--out", tmp_path / "b")
    assert "1 of several attempts: the newest was taken" in capsys.readouterr().out
    assert {r["submission"]: (r["attempts"], r["submitted"]) for r in rows(tmp_path / "b")}["Jané Smith"] == (
        "2",
        "Sep 24, 2024 126 PM",
    )


def test_attempts_whose_time_cannot_be_read_are_kept_apart(tmp_path: Path) -> None:
    names = [f"1-2 - Jane - 24. září 2024 {hour}26/heads.py" for hour in (9, 10)]
    run(zipped(tmp_path / "b.zip", dict.fromkeys(names, RIGHT)), "--from", "brightspace", "--out", tmp_path / "b")
    assert len(files_of(tmp_path / "b")) == 2


def test_everybody_of_a_group_is_in_the_list_and_it_is_a_roster(tmp_path: Path) -> None:
    run(zipped(tmp_path / "g.zip", DOWNLOADS["gradescope"]), "--from", "gradescope", "--out", tmp_path / "b")
    found = [(s.repository, s.name, s.id) for s in read_roster(tmp_path / "b" / "collected.csv")]
    assert found == [
        ("0300", "Ann Lee", "0300"),
        ("jane@example.org", "Jané Smith", "0100"),
        ("jane@example.org", "Tom Jones", "0200"),
    ]


def test_names_in_utf8_that_the_zip_does_not_announce(tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as target:
        target.writestr(zipfile.ZipInfo("Jané Smith_1_assignsubmission_file/heads.py"), RIGHT)
    name, utf8 = "Jané".encode(), 0x800
    raw = bytearray(data.getvalue())
    for start in (i for i in range(len(raw)) if raw[i : i + 4] in (b"PK\x03\x04", b"PK\x01\x02")):
        place = start + (6 if raw[start + 2] == 3 else 8)
        flags = int.from_bytes(raw[place : place + 2], "little") & ~utf8
        raw[place : place + 2] = flags.to_bytes(2, "little")
    assert name in raw
    (tmp_path / "m.zip").write_bytes(raw)
    run(tmp_path / "m.zip", "--from", "moodle", "--out", tmp_path / "b")
    assert files_of(tmp_path / "b") == {"Jané Smith_1": ["heads.py"]}


def test_what_leads_out_is_refused_and_named_and_the_others_are_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    link = zipfile.ZipInfo("b_2_2_heads.py")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as target:
        target.writestr("../../a_1_1_heads.py", RIGHT)
        target.writestr(link, "/etc/passwd")
        target.writestr("/c_3_3_heads.py", RIGHT)
        target.writestr("d_4_4_heads.py", RIGHT)
    assert run(tmp_path / "c.zip", "--from", "canvas", "--out", tmp_path / "deep" / "batch") == 1
    said = capsys.readouterr().err
    assert said.count("leads out of the archive") == 2
    assert "b_2_2_heads.py is refused: it is a link" in said
    assert files_of(tmp_path / "deep" / "batch") == {"d_4": ["heads.py"]}
    assert {p.name for p in tmp_path.iterdir()} == {"c.zip", "deep"}


def test_a_bomb_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(archive, "MAX_FILE", 1000)
    with zipfile.ZipFile(tmp_path / "c.zip", "w", zipfile.ZIP_DEFLATED) as target:
        target.writestr("a_1_1_heads.py", b"0" * 10_000_000)
        target.writestr("b_2_2_heads.py", RIGHT)
    assert run(tmp_path / "c.zip", "--from", "canvas", "--out", tmp_path / "b") == 1
    assert "a_1_1_heads.py is larger than 0.001 MB" in capsys.readouterr().err
    assert files_of(tmp_path / "b") == {"b_2": ["heads.py"]}
    assert {row["submission"] for row in rows(tmp_path / "b")} == {"a_1", "b_2"}


def test_a_bomb_of_many_parts_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_TOTAL", 3 * len(RIGHT))
    files = {f"s{number}_{number}_{number}_heads.py": RIGHT for number in range(1, 8)}
    assert run(zipped(tmp_path / "c.zip", files), "--from", "canvas", "--out", tmp_path / "b") == 1
    assert len(files_of(tmp_path / "b")) == 3
    assert len(rows(tmp_path / "b")) == 7


def test_a_damaged_part_costs_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = zipped(tmp_path / "c.zip", {"a_1_1_heads.py": b"# broken\n", "b_2_2_heads.py": RIGHT})
    path.write_bytes(path.read_bytes().replace(b"# broken", b"# brOken"))
    assert run(path, "--from", "canvas", "--out", tmp_path / "b") == 1
    assert "a_1_1_heads.py is damaged" in capsys.readouterr().err
    assert files_of(tmp_path / "b") == {"b_2": ["heads.py"]}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<!DOCTYPE html><p>Log in", "is a web page"),
        (b"PK\x03\x04 cut short", "is no whole zip file"),
        (b"", "is no whole zip file"),
    ],
)
def test_a_bad_zip_is_named_and_the_next_is_read(
    tmp_path: Path, content: bytes, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.zip").write_bytes(content)
    good = zipped(tmp_path / "good.zip", {"b_2_2_heads.py": RIGHT})
    assert run(tmp_path / "bad.zip", good, "--from", "canvas", "--out", tmp_path / "b") == 1
    assert f"bad.zip {said}" in capsys.readouterr().err
    assert files_of(tmp_path / "b") == {"b_2": ["heads.py"]}


def test_the_wrong_system_is_told_and_the_right_one_suggested(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(zipped(tmp_path / "m.zip", DOWNLOADS["moodle"]), "--from", "brightspace", "--out", tmp_path / "b") == 2
    assert "--from moodle" in capsys.readouterr().err
    assert not (tmp_path / "b").exists()


def test_strange_files_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = {"b_2_2_heads.py": RIGHT, "notes.txt": b"?", "__MACOSX/._b_2_2_heads.py": b"?"}
    assert run(zipped(tmp_path / "c.zip", files), "--from", "canvas", "--out", tmp_path / "b") == 1
    said = capsys.readouterr().err
    assert "left out: notes.txt" in said
    assert "__MACOSX" not in said


def test_a_second_run_brings_the_batch_up_to_date_and_touches_nothing_of_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    batch = tmp_path / "b"
    (batch / "b_2").mkdir(parents=True)
    (batch / "b_2" / "mine.txt").write_bytes(RIGHT)
    assert run(zipped(tmp_path / "1.zip", {"a_1_1_heads.py": OLD}), "--from", "canvas", "--out", batch) == 0
    newer = zipped(tmp_path / "2.zip", {"a_1_5_heads-1.py": RIGHT, "b_2_6_heads.py": RIGHT})
    assert run(tmp_path / "1.zip", newer, "--from", "canvas", "--out", batch) == 1
    assert "b_2 was there before and is kept" in capsys.readouterr().err
    assert files_of(batch) == {"a_1": ["heads.py"], "b_2": ["mine.txt"]}


def test_hostile_names_become_plain_folders(tmp_path: Path) -> None:
    files = {"=cmd|'x'!A1_5_assignsubmission_file/heads.py": RIGHT, "a\nb_6_assignsubmission_file/heads.py": RIGHT}
    assert run(zipped(tmp_path / "m.zip", files), "--from", "moodle", "--out", tmp_path / "b") == 0
    assert len(files_of(tmp_path / "b")) == 2
    assert not [cell for row in rows(tmp_path / "b") for cell in row.values() if cell.startswith("=")]
