"""The language of the milestones keeps its own rules, and is drawn from a seed."""

from __future__ import annotations

import numpy as np

from grader.course.milestones import grammar


def test_a_seed_gives_one_text_and_another_seed_another() -> None:
    first, again, other = (grammar.stream(np.random.default_rng(seed), 200) for seed in (1, 1, 2))
    assert first.tolist() == again.tolist() != other.tolist()


def test_words_survive_being_numbers() -> None:
    words = "say red blue again red blue ."
    assert grammar.text(grammar.numbers(words.split())) == words


def test_a_copied_list_is_the_one_that_was_said() -> None:
    rng = np.random.default_rng(0)
    copied = [words for words in (grammar.sentence(rng) for _ in range(300)) if words[0] == "say"]
    assert len(copied) > 50
    for words in copied:
        middle = words.index("again")
        assert words[1:middle] == words[middle + 1 : -1]


def test_verbs_agree_with_nouns_in_nested_clauses() -> None:
    rng = np.random.default_rng(0)
    singular = {one for one, _ in (*grammar.ALONE, *grammar.WITH_OBJECT)}
    verbs = singular | {many for _, many in (*grammar.ALONE, *grammar.WITH_OBJECT)}
    checked = 0
    for words in (grammar.sentence(rng) for _ in range(400)):
        waiting = []
        for before, word in zip(["", "", *words], words, strict=False):
            if word in grammar.SINGULAR + grammar.PLURAL and before not in (*grammar.BETWEEN, *verbs):
                waiting.append(word in grammar.SINGULAR)
            elif word in verbs:
                assert waiting.pop() == (word in singular), words
                checked += 1
    assert checked > 300
