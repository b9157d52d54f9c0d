"""What each documented mistake does to the models of the milestones, measured on the kept answers.

    python -m benchmarks.milestone_effects measure [--trained 1]   # some minutes of processor time
    python -m benchmarks.milestone_effects write                   # the table, and a paragraph on each mistake's page

Each answer that makes one documented mistake and no other takes the place of the solution. `measure` runs the models
of milestones 3, 5 and 6 and a small network with it, and trains the one of milestone 6 with one answer of each mistake.
What it finds is kept in milestone_effects.jsonl, and what stands there already is not measured again.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import re
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from benchmarks import small_network
from benchmarks.effect_words import (
    BEFORE,
    HEADING,
    SMALL,
    TRAINED,
    UNUSED,
    Effect,
    by_mistake,
    paragraph,
    summary,
    table,
)
from grader.course.catalogue import stages
from grader.course.stored_answers import StoredAnswer, stored_answers
from grader.frontends.milestones import attention, gpt, mlp, probes, stage3, stage5, train, training
from grader.frontends.milestones.outcome import Outcome
from grader.frontends.milestones.roster import Files
from grader.frontends.milestones.team import Stopped, Team
from grader.grading.intake import read_submission

ROOT = Path(__file__).resolve().parents[1]
PAGE, KEPT = ROOT / "docs" / "milestones.md", ROOT / "benchmarks" / "milestone_effects.jsonl"
BEGIN, END = "<!-- effects: benchmarks/milestone_effects.py -->\n", "<!-- end of effects -->\n"
NEEDED = {"3": mlp.NEEDED, SMALL: small_network.NEEDED, "5": attention.NEEDED, "6": gpt.NEEDED, TRAINED: train.NEEDED}
# A style that is too slow for this shows nothing and is left out.
SECONDS = 60
ATTEMPTS = 5


def mistake_of(answer: StoredAnswer) -> tuple[str, str]:
    """The function and the documented mistake of an answer that makes one and no other; "right" where all are."""
    wrong = {name: shown for name, shown in answer.shows.items() if shown.kind != "right"}
    if not wrong:
        return next(iter(answer.shows)), "right"
    if len(wrong) > 1:
        return "", ""
    ((name, shown),) = wrong.items()
    return (name, next(iter(shown.must))) if len(shown.may) == 1 == len(shown.must) else ("", "")


def effect(milestone: str, answer: StoredAnswer) -> Effect:
    """What a milestone's model comes to with this answer: where it stopped, what is reached, which probes are off."""
    sources = dict(read_submission(ROOT / "solutions").sources)
    sources[answer.stage.number] = answer.sources
    outcome, stopped = Outcome(), ""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            play(milestone, Team(NEEDED[milestone], Files(sources), time.monotonic() + SECONDS), outcome)
    except Stopped as stop:
        stopped = stop.exercise.name
    reached = outcome.reached[1:] if outcome.reached and not stopped else None
    found = {"stop": stopped, "reached": reached, "off": [probe.name for probe in outcome.probes if not probe.fine]}
    if milestone == TRAINED and reached:
        found["training"] = float(outcome.probes[0].text.split()[0])
    return found


def play(milestone: str, team: Team, outcome: Outcome) -> None:
    """The part of a milestone that is measured. Raises Stopped."""
    if milestone == SMALL:
        outcome.reached = ("loss", small_network.loss(team), small_network.reference())
    elif milestone == "5":
        outcome.probes += stage5.probes(attention.Attention(team), outcome)
    elif milestone == "6":
        outcome.probes += probes.probes(gpt.Gpt(team), outcome)
    elif milestone == "3":
        stage3.play(team, outcome)
    else:
        taped = train.TapedTeam(team)
        if train.unfollowed(taped):
            outcome.probes = []
            return
        training._train(train.Training(taped), team, outcome)


def to_measure() -> Iterator[tuple[str, str, StoredAnswer]]:
    """Milestone, mistake and answer of each run; of a mistake's answers, the first ATTEMPTS may be trained."""
    trainings: dict[str, int] = defaultdict(int)
    for answer in stored_answers(ROOT / "solutions"):
        name, mistake = mistake_of(answer)
        for milestone, needed in NEEDED.items():
            if name not in {one.name for one in needed}:
                continue
            if milestone == TRAINED:
                trainings[mistake] += 1
                if mistake == "right" or trainings[mistake] > ATTEMPTS:
                    continue
            yield milestone, mistake, answer


def measure(trained: int) -> None:
    """Measure what is not measured yet, a line of JSON for each run; so many of each mistake are trained to the end."""
    known = {(one["milestone"], one["answer"]) for one in kept()}
    for milestone, mistake, answer in to_measure():
        finished = sum(
            one["mistake"] == mistake and one["milestone"] == TRAINED and bool(one["reached"]) for one in kept()
        )
        if (milestone, answer.name) not in known and (milestone != TRAINED or finished < trained):
            found = {"milestone": milestone, "mistake": mistake, "answer": answer.name, **effect(milestone, answer)}
            with KEPT.open("a", encoding="utf-8") as stream:
                stream.write(json.dumps(found) + "\n")
            print(f"{milestone:10} {mistake:5} {answer.name}", flush=True)


def kept() -> list[Effect]:
    """All that was measured."""
    return [json.loads(line) for line in KEPT.read_text(encoding="utf-8").splitlines()] if KEPT.exists() else []


def write() -> None:
    """Write the table into docs/milestones.md, and a paragraph on the page of every mistake."""
    effects = by_mistake(kept())
    text = PAGE.read_text(encoding="utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    PAGE.write_text(f"{before}{BEGIN}\n{summary(effects)}\n\n{table(effects)}\n\n{END}{after}", encoding="utf-8")
    for stage in stages():
        sheet = ROOT / "exercises" / stage.name / "MISTAKES.md"
        text = sheet.read_text(encoding="utf-8")
        for mistake, page in stage.pages.items():
            if mistake in effects or mistake in UNUSED:
                body = re.sub(rf"{re.escape(HEADING)}.*?\n\n", "", page.body, flags=re.DOTALL)
                told = body.replace(BEFORE, f"{paragraph(mistake, effects)}\n\n{BEFORE}", 1)
                text = text.replace(page.body, told, 1)
        sheet.write_text(text, encoding="utf-8")


def main() -> None:
    """Measure, or write."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("what", choices=("measure", "write"))
    parser.add_argument("--trained", type=int, default=1, help="so many answers of each mistake are trained")
    args = parser.parse_args()
    if args.what == "measure":
        measure(args.trained)
    else:
        write()


if __name__ == "__main__":
    main()
