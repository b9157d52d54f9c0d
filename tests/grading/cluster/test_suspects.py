"""Who is tried by himself, and who is given up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from grader.grading.cluster.crew import Crew
from grader.grading.cluster.suspects import MOST_DEATHS, Sent, Suspects
from grader.grading.find import Task


def a_bundle(*names: str) -> Any:
    return [(Task(name, Path(name)), f"work of {name}") for name in names]


def sent(bundle: Any, deaths: int = 0, alone_at: str = "") -> Sent:
    nothing: Any = None
    return Sent(nothing, bundle, deaths, alone_at)


def test_a_bundle_that_lost_its_worker_is_tried_in_single_submissions() -> None:
    suspects = Suspects()
    suspects.add(sent(a_bundle("ada", "grace")), "lost")
    tried = [suspects.next(), suspects.next()]
    assert [suspect.bundle[0][0].name for suspect in tried if suspect] == ["ada", "grace"]
    assert [suspect.deaths for suspect in tried if suspect] == [1, 1]
    assert suspects.next() is None
    assert not suspects


def test_one_that_loses_its_workers_alone_is_given_up_after_three() -> None:
    suspects = Suspects()
    suspects.add(sent(a_bundle("ada")), "lost")
    for _ in range(MOST_DEATHS - 1):
        suspect = suspects.next()
        assert suspect
        assert not suspects.given_up()
        suspects.add(sent(suspect.bundle, suspect.deaths, "tcp://worker"), "lost")
    [done] = suspects.given_up()
    assert (done.task.name, done.answer) == ("ada", None)
    assert "3 times" in done.problem
    assert not suspects


def test_nobody_is_given_up_for_what_happened_beside_others_or_for_a_worker_that_left_in_order() -> None:
    suspects = Suspects()
    suspects.add(sent(a_bundle("ada", "grace")), "lost", deaths=7)
    suspect = suspects.next()
    assert suspect
    suspects.add(sent(a_bundle("ida"), 2, "tcp://worker"), "left", deaths=0)
    assert not suspects.given_up()


def test_the_crew_tells_who_is_lost_even_when_it_comes_back_under_its_address() -> None:
    said: list[str] = []
    crew = Crew(said.append)
    fit = {"worker": "tcp://one", "name": "one", "host": "h", "isolation": {}}
    crew.tell((0.0, fit))
    assert crew.look({"tcp://one": 2, "tcp://unknown": 9})
    assert (crew.threads, crew.lost) == (2, set())
    assert not crew.look({"tcp://one": 2})
    crew.tell((0.0, fit))
    assert crew.look({"tcp://one": 2})
    assert crew.lost == {"tcp://one"}
    assert crew.look({})
    assert (crew.threads, crew.lost) == (0, {"tcp://one"})
    assert said == ["all Dask workers are gone; waiting for one to come"]


def test_the_crew_names_a_slow_worker_once_while_the_run_goes_on() -> None:
    said: list[str] = []
    crew = Crew(said.append)
    for name, seconds in (("a", 1.0), ("b", 1.0), ("c", 4.0)):
        crew.tell((0.0, {"worker": name, "name": name, "host": "h", "isolation": {}}))
        crew.look({})
        crew.add(name, 10, seconds)
    for _ in range(2):
        crew._rated -= 60.0
        crew.look({})
    assert said == ["c on h: 10 graded, 2.5 a second on a thread, SLOW"]
