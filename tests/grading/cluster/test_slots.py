"""Which worker gets the next bundle."""

from __future__ import annotations

from collections import Counter

from grader.grading.cluster.slots import AHEAD, Slots


def test_every_thread_gets_one_bundle_before_any_gets_its_second() -> None:
    slots = Slots()
    assert not slots
    assert slots.take() == ""
    slots.renew({"one": 1, "two": 2})
    first = [slots.take() for _ in range(3)]
    assert first == ["two", "two", "one"]
    rest = []
    while slots:
        rest.append(slots.take())
    assert Counter([*first, *rest]) == {"one": AHEAD, "two": 2 * AHEAD}


def test_the_worker_that_gave_one_back_gets_the_next_and_one_that_left_gets_none() -> None:
    slots = Slots()
    slots.renew({"one": 1, "two": 1})
    while slots:
        slots.take()
    slots.give_back("two")
    assert slots.take() == "two"
    slots.renew({"one": 1, "late": 1})
    slots.give_back("two")
    assert [slots.take(), slots.take()] == ["late", "late"]
    assert not slots


def test_what_must_be_sent_again_goes_to_the_worker_with_least_where_all_are_full() -> None:
    slots = Slots()
    slots.renew({"one": 1, "two": 2})
    while slots:
        slots.take()
    sent = [slots.take() for _ in range(3)]
    assert Counter(sent) == {"one": 1, "two": 2}
    for address in sent:
        slots.give_back(address)
    assert not slots
