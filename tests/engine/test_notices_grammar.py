"""The grammar of notices as data: complete, fast to search with, and safe with any text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from provenance.engine import notices
from provenance.engine.notices import finding, search
from provenance.engine.notices.grammar import Grammar, data, grammars

GRAMMARS = [pytest.param(grammar, id=language) for language, grammar in grammars().items()]
ROLES = {"old", "new", "about"}


def patterns(grammar: Grammar) -> Iterator[re.Pattern[str]]:
    """List every pattern of a language."""
    yield from (*grammar.patterns.values(), *grammar.whole.values(), grammar.refuse, grammar.wire, grammar.opener)
    yield from (label.pattern for label in grammar.labels)
    yield from (rule.pattern for rule in grammar.rules)


def unbounded(parsed: Iterable[tuple[object, Any]]) -> Iterator[str]:
    """List the repeats of a pattern that have no upper bound."""
    for op, value in parsed:
        if op in {_constants.MAX_REPEAT, _constants.MIN_REPEAT}:
            if value[1] is _constants.MAXREPEAT:
                yield str(value[2])
            yield from unbounded(value[2])
        elif op is _constants.SUBPATTERN:
            yield from unbounded(value[3])
        elif op is _constants.BRANCH:
            for branch in value[1]:
                yield from unbounded(branch)
        elif op in {_constants.ASSERT, _constants.ASSERT_NOT}:
            yield from unbounded(value[1])


@pytest.mark.parametrize("grammar", GRAMMARS)
def test_every_repeat_is_bounded(grammar: Grammar) -> None:
    """No pattern repeats without an upper bound: with the limit on a note's length, its cost has one too."""
    assert [] == [each for pattern in patterns(grammar) for each in unbounded(_parser.parse(pattern.pattern))]


@pytest.mark.parametrize("grammar", GRAMMARS)
def test_every_opener_begins_with_a_plain_capital(grammar: Grammar) -> None:
    """The first character of an opener is itself, so that a search skips all other lines at once."""
    assert [] == [each for each in grammar.openers if not each[0].isalnum() or each[0] != each[0].upper()]


@pytest.mark.parametrize("grammar", GRAMMARS)
def test_every_cue_has_a_stem_by_which_it_is_found(grammar: Grammar) -> None:
    """A cue without a stem of its script would never be looked for."""
    stems = data()["scripts"][grammar.script]["stems"]

    assert [] == [cue for cue in grammar.cues if not any(stem in cue for stem in stems)]


@pytest.mark.parametrize("grammar", GRAMMARS)
def test_every_rule_says_what_its_words_are(grammar: Grammar) -> None:
    """A rule names its sides and groups `old`, `new` or `about`, and no name twice."""
    for rule in grammar.rules:
        groups = {name.rstrip("2") for name in rule.pattern.groupindex}
        assert groups | {rule.left, rule.right} <= ROLES | {""}, rule.name
    assert len(grammar.rules) == len({rule.name for rule in grammar.rules})


@pytest.mark.parametrize("grammar", GRAMMARS)
def test_every_named_part_is_filled_in(grammar: Grammar) -> None:
    """No pattern is left with the name of a part in it."""
    assert [] == [each.pattern for each in patterns(grammar) if re.search(r"\{[a-z]+\}", each.pattern)]


def test_a_text_is_searched_only_for_the_grammars_of_its_scripts() -> None:
    """Latin is always searched: an agency's tag may stand in any text."""
    assert search.scripts("plain") == ("latin",)
    assert search.scripts("Рада зібралася") == ("latin", "cyrillic")


@pytest.mark.parametrize(
    "hostile",
    [
        "Correction: " + "an earlier version of this article said that it was not a but b, not c, and to add d. " * 16,
        "This article was corrected " + "the " * 340,
        "This article was corrected " + "a" * 1_400,
        "Correction: " + "x, not " * 190,
        "(" * 1_400,
        "Correction" + " " * 1_400,
        "[This article [" * 90,
    ],
)
def test_no_text_makes_the_search_weigh_more_than_its_budget(hostile: str) -> None:
    """However many notes a text seems to have, only so many characters are weighed, and so many claims read."""
    found = notices.find("Headline\n\n" + "\n\n".join([hostile] * 40) + "\n")

    assert sum(len(each.text) for each in found) <= finding.BUDGET
    assert all(len(each.claims) <= 24 for each in found)


def test_a_paragraph_too_long_for_a_note_is_none() -> None:
    """A note has at most some 1,500 characters; what is longer is not looked at."""
    assert notices.find("Headline\n\nCorrection: " + "It is three, not four. " * 2_000 + "\n") == ()
