"""What each documented mistake does to the loss of milestone 6's GPT, measured on the kept wrong answers.

    python benchmarks/milestone_effects.py [--most 3]

Each answer that makes one documented mistake and no other takes the place of the solution, and the model is run over
held-out text. The table in docs/milestones.md is written anew.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from statistics import median

from grader.course.catalogue import find_page
from grader.course.milestones.gpt import figures
from grader.course.stored_answers import StoredAnswer, stored_answers
from grader.frontends.milestones.gpt import NEEDED, Gpt
from grader.frontends.milestones.outcome import Outcome, Probe
from grader.frontends.milestones.probes import cached_against_full, causality, entropy, loss, use_of_positions
from grader.frontends.milestones.team import Files, Stopped, Team
from grader.grading.intake import read_submission

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "milestones.md"
BEGIN, END = "<!-- effects: benchmarks/milestone_effects.py -->\n", "<!-- end of effects -->\n"
OTHERS = (entropy, causality, use_of_positions, cached_against_full)
# A crash has no probes.
Effect = list[Probe] | None


def one_mistake(answer: StoredAnswer) -> str:
    """The documented mistake that an answer makes, if it is the only one and the model needs the function."""
    wrong = {name: shown for name, shown in answer.shows.items() if shown.kind != "right"}
    names = {one.name for one in NEEDED}
    if len(wrong) != 1 or not wrong.keys() <= names:
        return ""
    (shown,) = wrong.values()
    return next(iter(shown.must)) if len(shown.may) == 1 == len(shown.must) else ""


def effect(answer: StoredAnswer) -> Effect:
    """What the model comes to with this answer; None where it cannot be run to the end."""
    sources = dict(read_submission(ROOT / "solutions").sources)
    sources[answer.stage.number] = answer.sources
    try:
        model = Gpt(Team(NEEDED, Files(sources), time.monotonic() + 120))
        return [loss(model, Outcome()), *(probe(model) for probe in OTHERS)]
    except Stopped:
        return None


def rows(effects: Mapping[str, list[Effect]]) -> list[str]:
    """The table's rows, by mistake."""
    lines = ["| mistake | answers | stop | loss moves | only another probe sees it | invisible | median loss |"]
    lines.append("| --- | --- | --- | --- | --- | --- | --- |")
    for mistake in sorted(effects, key=lambda name: [int(part) for part in name.split(".")]):
        found = effects[mistake]
        ran = [probes for probes in found if probes is not None]
        moved = sum(not probes[0].fine for probes in ran)
        silent = sum(all(probe.fine for probe in probes) for probes in ran)
        losses = [float(probes[0].text.split()[0]) for probes in ran]
        page = find_page(mistake)
        assert page is not None
        middle = f"{median(losses):.2f}" if losses else "–"
        counts = [len(found), len(found) - len(ran), moved, len(ran) - moved - silent, silent]
        lines.append(f"| {mistake} {page.title} | {' | '.join(map(str, counts))} | {middle} |")
    return lines


def main() -> None:
    """Measure, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--most", type=int, default=1000, help="at most so many answers of each mistake (default: all)")
    most = parser.parse_args().most
    effects: dict[str, list[Effect]] = defaultdict(list)
    for answer in stored_answers(ROOT / "solutions"):
        if (mistake := one_mistake(answer)) and len(effects[mistake]) < most:
            effects[mistake].append(effect(answer))
            print(f"{mistake:5} {answer.name}", flush=True)
    text = PAGE.read_text(encoding="utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    table = "\n".join(rows(effects))
    said = f"The right model's loss is {figures()['loss']:.2f}.\n\n{table}\n"
    PAGE.write_text(f"{before}{BEGIN}\n{said}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
