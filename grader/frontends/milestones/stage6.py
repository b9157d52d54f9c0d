"""`misstep milestone 6`: a GPT writes, and its probes."""

from __future__ import annotations

import numpy as np

from grader.course.milestones import grammar
from grader.course.milestones.gpt import EXAMPLE, HEAD, LAYER, figures
from grader.frontends.milestones.gpt import NEEDED as NEEDED
from grader.frontends.milestones.gpt import Gpt
from grader.frontends.milestones.outcome import Outcome
from grader.frontends.milestones.probes import probes
from grader.frontends.milestones.shades import drawing, heat_map
from grader.frontends.milestones.team import Team
from grader.frontends.milestones.terminal import tell, wrapped, written
from grader.frontends.milestones.writing import LONG, PROMPTS, seconds_of_a_token, write

TITLE = "a GPT of two layers writes"


def measure(team: Team, outcome: Outcome) -> Gpt:
    """Tell what the probes of the model come to, and keep it in `outcome`. Raises Stopped."""
    model = Gpt(team)
    for probe in probes(model, outcome):
        outcome.probes.append(tell(probe, team))
    return model


def play(team: Team, outcome: Outcome) -> None:
    """Print all of it, and keep it in `outcome`. Raises Stopped."""
    model = measure(team, outcome)
    _look(model, outcome)
    _write(model)
    _time(model)


def _look(model: Gpt, outcome: Outcome) -> None:
    words, right = EXAMPLE.split(), np.array(figures()["weights"])
    model.logits(grammar.numbers(words)[None])
    yours = model.weights[LAYER][0, HEAD]
    text = f"Head {HEAD + 1} of layer {LAYER + 1} looks where the list was said first"
    print(f"\n  {text}:")
    for line in heat_map(yours, right, words):
        print(line)
    outcome.drawings.append(drawing(yours, right, words, f"{text}."))


def _write(model: Gpt) -> None:
    for prompt in PROMPTS:
        print()
        words = written(f"  {prompt} …", write(model, prompt, cached=False))
        again = list(write(model, prompt, cached=True))
        same = "the same words" if again == words else f"other words: {' '.join(again)}"
        print(wrapped(f"with the cache: {same}", "  "), flush=True)


def _time(model: Gpt) -> None:
    anew, cached = seconds_of_a_token(model)
    times = f"{1000 * anew:.1f} ms computed anew, {1000 * cached:.1f} ms with the cache"
    print()
    print(wrapped(f"One more token after {LONG}: {times}, {anew / cached:.1f} times as fast.", "  "))
