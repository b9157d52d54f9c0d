"""How often the line of an undocumented slip is named, and what that takes.

    python benchmarks/lines.py [--stage N] [--most N] [-v]

The kept answers that are `wrong` are searched one after another behind the wall, as a batch would. Printed for each
stage: how many, how many got a line, and the processor time of the trusted side for each; as a yardstick from the same
run, the processor time of judging the same answers without a search. A claim that does not hold would be a change that
some check rejects: every claim is tried again here, under two seeds that the search did not see.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator

from grader.course.catalogue import Exercise, stage, stage_numbers
from grader.course.pages import solutions_home
from grader.course.points import Points
from grader.course.stored_answers import StoredAnswer, stored_answers
from grader.grading.examine import Settings, examine
from grader.grading.one_change.search import search
from grader.grading.reference import PUBLIC_SEED, find_reference
from grader.isolation.limits import Limits
from grader.isolation.sandbox import Sandbox, open_sandbox

WRONG = frozenset({"wrong"})
SECONDS = 2.0


def wrong_answers(number: int) -> Iterator[tuple[StoredAnswer, Exercise]]:
    """The kept answers of a stage that nothing documented explains."""
    home = solutions_home()
    assert home is not None, "this needs a clone of the repository"
    exercises = {exercise.name: exercise for exercise in stage(number).exercises}
    for answer in stored_answers(home):
        if answer.stage.number == number:
            for name, shown in answer.shows.items():
                if shown.words == (WRONG,):
                    yield answer, exercises[name]


def still_right(exercise: Exercise, answer: StoredAnswer, line: int, sandbox: Sandbox, settings: Settings) -> bool:
    """Whether the claimed change passes under seeds that the search did not see."""
    for further in (11, 12):
        other = Settings(settings.seed + further, settings.points, settings.reference)
        found = search(exercise, answer.sources, (settings, *settings.others, other), sandbox, Limits(), 20.0).found
        if found is None or found.line != line:
            return False
    return True


def measure(number: int, most: int, verbose: bool) -> None:
    """Search a stage's answers and print its line of the table."""
    settings = Settings(PUBLIC_SEED, Points(), find_reference())
    tried = named = false = 0
    judging = searching = 0.0
    with open_sandbox("auto") as sandbox:
        for answer, exercise in list(wrong_answers(number))[:most]:
            began = time.process_time()
            with sandbox.open_session({number: answer.sources}, Limits()) as session:
                examine(exercise, session.functions(number), settings, time.monotonic() + 10)
            judged = time.process_time()
            found = search(exercise, answer.sources, (settings, *settings.others), sandbox, Limits(), SECONDS).found
            judging, searching = judging + judged - began, searching + time.process_time() - judged
            tried, named = tried + 1, named + (found is not None)
            false += found is not None and not still_right(exercise, answer, found.line, sandbox, settings)
            if verbose:
                print(f"  {answer.name} {exercise.name}: {found}", flush=True)
    share = f"{named} of {tried} named" + (f" ({100 * named / tried:.0f} %)" if tried else "")
    each = f"{1000 * searching / max(1, tried):.0f} ms each, judging {1000 * judging / max(1, tried):.0f} ms"
    print(f"stage {number}: {share}, {false} claims that do not hold; {each}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stage", type=int, choices=stage_numbers(), action="append")
    parser.add_argument("--most", type=int, default=10_000, help="so many answers of each stage")
    parser.add_argument("-v", "--verbose", action="store_true", help="a line for each answer")
    args = parser.parse_args()
    for number in args.stage or stage_numbers():
        measure(number, args.most, args.verbose)


if __name__ == "__main__":
    main()
