"""`misstep milestone 3`: a neural language model learns, its loss beside the reference's."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader.course.milestones.mlp import CONTEXT, EVERY, STEPS, TRAIN_FRACTION, figures, tokens
from grader.frontends.milestones.curves import drawing, show
from grader.frontends.milestones.mlp import NEEDED as NEEDED
from grader.frontends.milestones.mlp import Mlp
from grader.frontends.milestones.outcome import Outcome, Probe, time_over
from grader.frontends.milestones.team import Team
from grader.frontends.milestones.terminal import tell, wrapped

TITLE = "a language model learns"
# A right init_weights may draw other numbers, and a right cut be one token off: then the curve is another one. Of the
# kept right answers, the furthest is 0.015 nats off at the end, and 0.046 in the logarithm of its perplexity.
CLOSE_LOSS, CLOSE_PERPLEXITY = 0.03, 0.1


class Run:
    """One run: what the student's `held_out_perplexity` had trained and scored, and the losses meanwhile."""

    def __init__(self, team: Team) -> None:
        self._team = team
        self.model = Mlp(team)
        self.losses: list[float] = []
        self.fitted = self.scored = 0

    def perplexity(self) -> float:
        """The student's held-out perplexity."""
        found = self._team.call("held_out_perplexity", self._fit, self._score, tokens(), TRAIN_FRACTION)
        return float(self._team.array("held_out_perplexity", np.asarray(found), ()))

    def _fit(self, text: Any) -> None:
        text = self._text(text)
        self.fitted = max(self.fitted, len(text))
        # Who fits more than once begins anew.
        self.model, self.losses = Mlp(self._team), []
        self.model.train(text, self._watch)

    def _score(self, text: Any) -> float:
        text = self._text(text)
        self.scored = len(text)
        return self.model.perplexity(text)

    def _text(self, text: Any) -> np.ndarray:
        """What the student passes on: a one-dimensional sequence of tokens, longer than a context."""
        found = np.asarray(text)
        if found.ndim != 1 or len(found) <= CONTEXT or not np.isin(found, np.arange(self.model.vocabulary)).all():
            self._team.refuse("held_out_perplexity", "passed on something that is not part of the tokens")
        return found.astype(int)

    def _watch(self, step: int, loss: float) -> None:
        self.losses.append(loss)
        show(step, loss, figures()["losses"][len(self.losses) - 1])


def play(team: Team, outcome: Outcome) -> None:
    """Print all of it, and keep it in `outcome`. Raises Stopped."""
    run = Run(team)
    print(f"  The loss in nats per word, over {STEPS} steps:", flush=True)
    perplexity = run.perplexity()
    outcome.drawings.append(drawing(f"Milestone 3: {TITLE}", run.losses, figures()["losses"], EVERY))
    if 0 < run.model.steps < STEPS:
        outcome.probes.append(tell(time_over("loss", run.model.steps, STEPS), team))
        return
    if run.losses:
        outcome.reached = ("training loss", run.losses[-1], figures()["losses"][-1])
    outcome.probes += [tell(probe, team) for probe in _probes(run, perplexity)]
    print()
    print(wrapped(f"Twenty words: {run.model.write(20)}", "  "))


def _probes(run: Run, perplexity: float) -> list[Probe]:
    right = figures()
    if not run.losses or not run.scored:
        text = "the model was not trained" if not run.losses else "nothing was scored"
        return [Probe("held out", False, text, ("3.9",))]
    told = f"{run.losses[-1]:.3f} nats at the end of the training; the reference has {right['losses'][-1]:.3f}"
    curve = abs(run.losses[-1] - right["losses"][-1]) <= CLOSE_LOSS
    number = f"{perplexity:.3f}" if perplexity < 1e6 else f"{perplexity:.1e}"
    held_out = f"perplexity {number} on {run.scored:,} words, trained on {run.fitted:,} of {len(tokens()):,}"
    apart = run.fitted + run.scored <= len(tokens())
    near = abs(np.log(max(perplexity, 1e-9) / right["perplexity"])) <= CLOSE_PERPLEXITY
    return [
        Probe("loss", curve, told, ("3.1", "3.2", "3.3", "3.6", "3.12")),
        Probe("held out", apart and bool(near), f"{held_out}; the reference has {right['perplexity']:.3f}", ("3.9",)),
    ]
