"""The words and the table for what `milestone_effects.py` has measured."""

from __future__ import annotations

import textwrap
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from grader.course.catalogue import find_page, stages
from grader.course.stored_answers import StoredAnswer, stored_answers
from grader.frontends.milestones import stage3, training

ROOT = Path(__file__).resolve().parents[1]
# One run: "milestone", "mistake", "answer", "stop", "reached" (yours and the reference's), and the probes "off".
Effect = dict[str, Any]
Effects = Mapping[str, Mapping[str, Sequence[Effect]]]
HEADING, BEFORE = "**What a curve shows here.**", "**The wrong code**"
SMALL, TRAINED = "a small network", "6 --train"
MILESTONES = ("3", SMALL, "5", "6")
# In a training less than this is no difference, for numbers are drawn; elsewhere results are equal or they are not.
CLOSE = {"3": stage3.CLOSE_LOSS, SMALL: stage3.CLOSE_LOSS, "5": 1e-3, "6": 1e-3, TRAINED: training.CLOSE}
# The mistakes of functions that no model uses.
UNUSED = ("6.8", "6.10")
WIDTH = 79
KINDS = ("stop", "worse", "better", "probe", "invisible")


def by_mistake(effects: Sequence[Effect]) -> dict[str, dict[str, list[Effect]]]:
    """The effects of each mistake by milestone; what was too slow, or no style for the tape, shows nothing."""
    found: dict[str, dict[str, list[Effect]]] = defaultdict(lambda: defaultdict(list))
    for one in effects:
        if one["mistake"] != "right" and (one["stop"] or one["reached"]):
            found[one["mistake"]][one["milestone"]].append(one)
    return found


def kind(one: Effect) -> str:
    """What an effect is: stop, worse, better, probe (only another probe sees it) or invisible."""
    if one["stop"]:
        return "stop"
    yours, right = one["reached"]
    if not abs(yours - right) <= CLOSE[one["milestone"]]:
        return "better" if (yours > right) == (one["milestone"] == "5") else "worse"
    return "probe" if one["off"] else "invisible"


def paragraph(mistake: str, effects: Effects) -> str:
    """What stands on a mistake's page."""
    if mistake in UNUSED:
        (name,) = _functions(mistake)
        count = len(answers_of(mistake))
        text = (
            f"It is invisible: no model of ours uses `{name}`, so with each of {count} wrong answers every curve "
            "and every probe is as it should be. Only the check shows it."
        )
    else:
        found = effects[mistake]
        sentences = [_sentence(milestone, found[milestone]) for milestone in MILESTONES if found.get(milestone)]
        text = " ".join([*sentences, *(_trained(one, not sentences) for one in one_trained(found))])
    return textwrap.fill(f"{HEADING} {text}", WIDTH, break_on_hyphens=False, break_long_words=False)


def answers_of(mistake: str) -> list[StoredAnswer]:
    """The kept answers that make this mistake in some function, and none beside it there."""
    wanted = frozenset({mistake})
    every = stored_answers(ROOT / "solutions")
    return [answer for answer in every if any(s.must == wanted == s.may for s in answer.shows.values())]


def _functions(mistake: str) -> list[str]:
    every = (exercise for stage in stages() for exercise in stage.exercises)
    return [exercise.name for exercise in every if any(check.id == mistake for check in exercise.checks)]


def _sentence(milestone: str, found: Sequence[Effect]) -> str:
    """One milestone: how many answers stop it, move what is measured, or go unseen."""
    of: dict[str, list[Effect]] = {name: [one for one in found if kind(one) == name] for name in KINDS}
    what, least = ("accuracy", "lower") if milestone == "5" else ("loss", "larger")
    stops = "stops" if len(of["stop"]) == 1 else "stop"
    parts = {
        "stop": f"{_many(len(of['stop']), len(found))} {stops} it",
        "worse": f"the {what} is {least}, {_middle(milestone, of['worse'])}",
        "better": f"the {what} is better than the right one, {_middle(milestone, of['better'])}",
        "probe": f"the {what} is as it should be, and only another probe shows it",
        "invisible": "nothing shows it",
    }
    told = [
        words if name == "stop" else f"with {_many(len(of[name]), len(found))} {words}"
        for name, words in parts.items()
        if of[name]
    ]
    answers = f"{len(found)} wrong answer{'s' if len(found) > 1 else ''}"
    where = f"Milestone {milestone}" if milestone != SMALL else "A small network of ours"
    return f"{where}, tried with {answers}: {'; '.join(told)}."


def _many(count: int, whole: int) -> str:
    return str(count) if count < whole else "all of them" if whole > 1 else "it"


def _middle(milestone: str, found: Sequence[Effect]) -> str:
    """The middle of what was reached, beside what is right."""
    if not found:
        return ""
    yours, right = median(one["reached"][0] for one in found), found[0]["reached"][1]
    middle = " in the middle" if len(found) > 1 else ""
    if milestone == "5":
        return f"{yours:.1%}{middle} where {right:.0%} is right"
    return f"{yours:.2f}{middle} where {right:.2f} is right"


def one_trained(found: Mapping[str, Sequence[Effect]]) -> Sequence[Effect]:
    """The first answer that was trained to the end, or else the first that stopped the training; none if none was."""
    return sorted(found.get(TRAINED, ()), key=lambda one: bool(one["stop"]))[:1]


def _trained(one: Effect, alone: bool) -> str:
    """What became of the first answer in a training of the GPT."""
    if one["stop"]:
        return f"`misstep milestone 6 --train` stops at `{one['stop']}`."
    honest, right = one["reached"]
    who = "one wrong answer" if alone else "one of them"
    told = f"{who} comes to {one['training']:.2f} in training, and to {honest:.2f} on held-out text"
    return f"Trained for 400 steps, {told} predicted word by word; {right:.2f} is right for both."


def summary(effects: Effects) -> str:
    """How many of the wrong answers that a model uses leave its measure as it is."""
    runs = [one for found in effects.values() for m in MILESTONES for one in found.get(m, ())]
    counts = Counter(map(kind, runs))
    same = counts["probe"] + counts["invisible"] + counts["better"]
    share = f"{same / (same + counts['worse']):.0%}"
    told = (
        f"Of {len(runs)} runs with a wrong answer, {counts['stop']} stopped at the function, and in {counts['worse']} "
        f"the loss or accuracy was worse than the right one. In the other {same}, {share} of "
        f"those that ran, it was no worse; in {counts['invisible']} of them no probe saw anything either."
    )
    return textwrap.fill(told, 120, break_on_hyphens=False)


def table(effects: Effects) -> str:
    """A row for each mistake, a column for each milestone."""
    lines = ["| mistake | milestone 3 | small network | milestone 5 | milestone 6 | trained: loss, honest loss |"]
    lines.append("| --- | --- | --- | --- | --- | --- |")
    for mistake in sorted(effects, key=lambda name: [int(part) for part in name.split(".")]):
        page = find_page(mistake)
        assert page is not None
        cells = [_cell(milestone, effects[mistake].get(milestone, ())) for milestone in MILESTONES]
        trained = [_trained_cell(one) for one in one_trained(effects[mistake])] or ["–"]
        lines.append(f"| {mistake} {page.title} | {' | '.join([*cells, *trained])} |")
    return "\n".join(lines)


def _cell(milestone: str, found: Sequence[Effect]) -> str:
    kinds = Counter(map(kind, found))
    moved = [one for one in found if kind(one) in ("worse", "better")]
    middle = median(one["reached"][0] for one in moved) if moved else 0.0
    number = f" ({middle:.1%})" if milestone == "5" else f" ({middle:.2f})"
    parts = [f"{count} {name}{number if name == 'worse' else ''}" for name, count in sorted(kinds.items())]
    return ", ".join(parts) or "–"


def _trained_cell(one: Effect) -> str:
    return "stops" if one["stop"] else f"{one['training']:.2f}, {one['reached'][0]:.2f}"


def argument(effects: Effects) -> str:
    """What README says of it."""
    (no_mask,), (post_norm,), (no_final_norm,) = (one_trained(effects[mistake]) for mistake in ("5.1", "6.1", "6.6"))
    right = no_mask["reached"][1]
    unseen = [one for one in effects["3.2"]["3"] if kind(one) == "invisible"]
    gone = effects["3.2"]["3"]
    told = [
        " ".join(summary(effects).split()),
        f"Trained for 400 steps, a GPT without a causal mask (5.1) comes to a loss of {no_mask['training']:.2f} where",
        f"{right:.2f} is right. On text that it has to predict word by word it comes to {no_mask['reached'][0]:.2f}.",
        f"There post-norm (6.1) comes to {post_norm['reached'][0]:.2f}, and a forgotten final norm (6.6) to",
        f"{no_final_norm['reached'][0]:.2f}: neither is worse than the right model. Of {len(gone)} embedding gradients",
        f"that are overwritten (3.2), {len(unseen)} end where the right one does.",
    ]
    return textwrap.fill(" ".join(told), 120, break_on_hyphens=False)
