"""The kept answers as a corpus, with which any course's tests can be measured: share caught, share named.

    python -m benchmarks.corpus export corpus.jsonl          # every answer of every function, right and wrong
    python -m benchmarks.corpus judge corpus.jsonl ours.jsonl  # by the checks of this kit; some minutes
    python -m benchmarks.corpus score corpus.jsonl ours.jsonl  # by anybody's results

The form of all files is in docs/reference/corpus.md.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from grader.course.catalogue import stage
from grader.course.points import Points
from grader.course.stored_answers import StoredAnswer, stored_answers
from grader.grading.examine import Settings, examine
from grader.grading.reference import PUBLIC_SEED, choose_reference
from grader.student.in_process import InProcessFunctions
from grader.student.loader import Source, StageModules

SOLUTIONS = Path(__file__).resolve().parents[1] / "solutions"
SECONDS = 10.0
Entry = dict[str, Any]


def entries(answers: Sequence[StoredAnswer]) -> Iterator[Entry]:
    """An entry for each function that an answer speaks of."""
    for answer in answers:
        for function, shown in answer.shows.items():
            yield {
                "id": f"{answer.name}:{function}",
                "stage": answer.stage.number,
                "file": f"{answer.stem}.py",
                "function": function,
                "right": shown.kind == "right",
                "degenerate": shown.kind == "degenerate",
                "mistakes": sorted(shown.must),
                "may": sorted(shown.may - shown.must),
                "code": answer.files[answer.stem].decode("utf-8"),
            }


def judged(entry: Entry, settings: Settings, solved: Mapping[str, Source]) -> Entry:
    """What the checks of this kit make of an entry: whether it is caught, and the mistakes that are named."""
    stem = entry["file"].removesuffix(".py")
    sources = {**solved, stem: Source(entry["file"], (entry["code"].encode(),))}
    exercise = stage(entry["stage"]).exercise(entry["function"])
    functions = InProcessFunctions(StageModules(sources))
    with contextlib.redirect_stdout(io.StringIO()):
        verdicts = [verdict for verdict, _ in examine(exercise, functions, settings, time.monotonic() + SECONDS)]
    named = sorted(str(verdict.id) for verdict in verdicts if verdict.status == "mistake")
    return {"id": entry["id"], "caught": not all(verdict.passed for verdict in verdicts), "named": named}


def score(corpus: Sequence[Entry], results: Sequence[Entry]) -> list[str]:
    """The shares, as lines. Raises KeyError for a result that lacks a field."""
    found = {one["id"]: one for one in results}
    there = [(entry, found[entry["id"]]) for entry in corpus if entry["id"] in found]
    counts: Counter[str] = Counter()
    for entry, result in there:
        named = set(result.get("named", ()))
        if entry["right"]:
            counts.update(right=1, refused=int(result["caught"]))
            continue
        counts.update(wrong=1, caught=int(result["caught"]))
        if entry["mistakes"]:
            counts.update(documented=1, named=int(set(entry["mistakes"]) <= named))
        if not entry["degenerate"]:
            counts.update(true_work=1, accused=int(bool(named - {*entry["mistakes"], *entry["may"]})))
    lines = [f"{len(there)} of {len(corpus)} entries have a result."]
    lines.append(_share("wrong answers caught", counts["caught"], counts["wrong"]))
    lines.append(_share("documented mistakes named", counts["named"], counts["documented"]))
    lines.append(
        _share("wrong answers accused of a mistake that they do not make", counts["accused"], counts["true_work"])
    )
    lines.append(_share("right answers refused", counts["refused"], counts["right"]))
    return lines


def _share(what: str, count: int, whole: int) -> str:
    return f"{what}: {count} of {whole} ({count / whole:.1%})" if whole else f"{what}: none"


def read(path: Path) -> list[Entry]:
    """The objects of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def main() -> None:
    """Export, judge or score."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("what", choices=("export", "judge", "score"))
    parser.add_argument("corpus", type=Path)
    parser.add_argument("results", type=Path, nargs="?")
    args = parser.parse_args()
    if args.what == "export":
        lines = [json.dumps(entry) for entry in entries(stored_answers(SOLUTIONS))]
        args.corpus.write_text("\n".join(lines) + "\n", encoding="utf-8")
        print(f"{len(lines)} entries in {args.corpus}")
    elif args.results is None:
        parser.error("give a file of results")
    elif args.what == "score":
        print("\n".join(score(read(args.corpus), read(args.results))))
    else:
        settings = Settings(PUBLIC_SEED, Points(), choose_reference(PUBLIC_SEED))
        solved = {n: solution(n) for n in {entry["stage"] for entry in read(args.corpus)}}
        with args.results.open("w", encoding="utf-8") as stream:
            for entry in read(args.corpus):
                stream.write(json.dumps(judged(entry, settings, solved[entry["stage"]])) + "\n")


def solution(number: int) -> dict[str, Source]:
    """The solved files of a stage."""
    home = SOLUTIONS / stage(number).name
    return {path.stem: Source(path.name, (path.read_bytes(),)) for path in sorted(home.glob("*.py"))}


if __name__ == "__main__":
    main()
