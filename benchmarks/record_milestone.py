"""Record what the solutions come to in training: milestone 3's losses and perplexity, and those of milestone 6.

python benchmarks/record_milestone.py
"""

from __future__ import annotations

import json
import time
from pathlib import Path

from grader.course.milestones.gpt import TRAINING
from grader.course.milestones.mlp import FIGURES
from grader.frontends.milestones.roster import Files
from grader.frontends.milestones.stage3 import NEEDED, Run
from grader.frontends.milestones.team import Team
from grader.frontends.milestones.train import NEEDED as GPT_NEEDED
from grader.frontends.milestones.train import TapedTeam, Training
from grader.grading.intake import read_submission

SOLUTIONS = Path(__file__).resolve().parents[1] / "solutions"


class Recording(Run):
    """A run that has nothing to be compared with."""

    def _watch(self, step: int, loss: float) -> None:
        self.losses.append(round(loss, 6))


def main() -> None:
    """Train once, and write the figures."""
    run = Recording(Team(NEEDED, Files(read_submission(SOLUTIONS).sources), time.monotonic() + 600))
    perplexity = round(run.perplexity(), 6)
    FIGURES.write_text(json.dumps({"losses": run.losses, "perplexity": perplexity}) + "\n", encoding="utf-8")
    _record_gpt()


def _record_gpt() -> None:
    team = Team(GPT_NEEDED, Files(read_submission(SOLUTIONS).sources), time.monotonic() + 600)
    training = Training(TapedTeam(team))
    training.run(lambda step, loss: print(step, loss, flush=True))
    found = {"losses": [round(loss, 6) for loss in training.losses], "honest": round(training.honest(team), 6)}
    TRAINING.write_text(json.dumps(found) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
