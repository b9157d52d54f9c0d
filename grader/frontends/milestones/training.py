"""`misstep milestone 6 --train`: the GPT is trained by the student's functions, and its loss is told twice."""

from __future__ import annotations

from grader.course.milestones.gpt import EVERY, STEPS, training_figures
from grader.frontends.milestones import stage6
from grader.frontends.milestones.curves import drawing, show
from grader.frontends.milestones.gpt import Gpt
from grader.frontends.milestones.outcome import Outcome, Probe, time_over
from grader.frontends.milestones.team import Stopped, Team
from grader.frontends.milestones.terminal import tell, wrapped, written
from grader.frontends.milestones.train import DERIVED, TapedTeam, Training, unfollowed
from grader.frontends.milestones.train import NEEDED as NEEDED
from grader.frontends.milestones.writing import PROMPTS, write

TITLE = "a GPT of two layers is trained"
# A right init may draw other numbers, and then the curve is another one. Of those kept, the furthest is 0.15 nats off.
CLOSE = 0.3
LOOK_AT = ("5.1", "5.2", "6.1", "6.2", "6.3", "6.5", "6.6", "6.9", "6.12", "6.14")


def play(team: Team, outcome: Outcome) -> None:
    """Print all of it, and keep it in `outcome`. Raises Stopped."""
    taped = TapedTeam(team)
    lost = unfollowed(taped)
    try:
        if not lost:
            _train(Training(taped), team, outcome)
            return
    except Stopped as stopped:
        # Whatever else stops a function that a gradient goes through may be of the tape: the run forward tells.
        if stopped.exercise.name not in DERIVED or stopped.fault.status == "timeout":
            raise
        lost = [stopped.exercise.name]
    told = f"The tape that takes gradients cannot follow {', '.join(lost)}, as where numbers leave numpy for a while"
    print(
        wrapped(
            f"{told} or are rounded to half precision. That is not a mistake. Here is the run forward instead.", "  · "
        )
    )
    stage6.play(team, outcome)


def _train(training: Training, team: Team, outcome: Outcome) -> None:
    right = training_figures()
    print(f"  The loss in nats per token, over {STEPS} steps:", flush=True)
    training.run(lambda step, loss: show(step, loss, right["losses"][step // EVERY - 1]))
    outcome.drawings.append(drawing(f"Milestone 6: {TITLE}", training.losses, right["losses"], EVERY))
    if training.steps < STEPS:
        outcome.probes.append(tell(time_over("training", training.steps, STEPS), team))
        return
    outcome.probes += [tell(probe, team) for probe in _probes(training, team, outcome)]
    model = Gpt(team, training.numbers)
    for prompt in PROMPTS:
        print()
        written(f"  {prompt} …", write(model, prompt, cached=False))


def _probes(training: Training, team: Team, outcome: Outcome) -> list[Probe]:
    right, loss = training_figures(), training.losses[-1]
    honest = training.honest(team)
    outcome.reached = ("honest loss", honest, right["honest"])
    told = f"{loss:.3f} nats at the end of the training; the reference has {right['losses'][-1]:.3f}"
    alone = f"{honest:.3f} nats on held-out text, each token predicted from those before it alone; the reference has"
    return [
        Probe("training", abs(loss - right["losses"][-1]) <= CLOSE, told, LOOK_AT),
        Probe("honest", abs(honest - right["honest"]) <= CLOSE, f"{alone} {right['honest']:.3f}", LOOK_AT),
    ]
