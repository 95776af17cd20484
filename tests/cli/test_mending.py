"""The copy's own sentence with the edit made: in its place where that can be told, and nowhere else."""

from __future__ import annotations

import pytest

from provenance.cli.evidence import Said, beside
from provenance.cli.terminal import Terminal
from provenance.cli.words import width
from provenance.report.mending import CONTEXT, mend, window

ARRIVED = "Six boats arrived at 6, and 16 people were let off the last of the boats in Skerrin."


@pytest.mark.parametrize(
    ("quote", "wanted", "before", "after", "made"),
    [
        pytest.param(
            "The line's head of operations said so.",
            "Jon Arvid, the line's former head of operations, said so.",
            "",
            "former",
            "The line's former head of operations said so.",
            id="words put in, between the same neighbours",
        ),
        pytest.param(
            "He led it from 2017.",
            "He led it from 2017 to 2023.",
            "",
            "to 2023",
            "He led it from 2017 to 2023.",
            id="words put in before the full stop",
        ),
        pytest.param(
            "Mr Arvid, the minister, said so.",
            "Mr Arvid, the ex-minister, said so on Monday.",
            "",
            "ex-",
            "Mr Arvid, the ex-minister, said so.",
            id="a part of a word",
        ),
        pytest.param(ARRIVED, ARRIVED.replace("16", "17"), "16", "17", ARRIVED.replace("16", "17"), id="a number"),
        pytest.param(
            ARRIVED, ARRIVED.replace("at 6", "at 7"), "6", "7", ARRIVED.replace("at 6", "at 7"), id="not inside 16"
        ),
        pytest.param(
            "In Skerrin 21 were hurt.",
            "Twelve were hurt, or 12.",
            "21",
            "12",
            "In Skerrin 12 were hurt.",
            id="the old words once",
        ),
        pytest.param("It has long been shut.", "It has been shut.", "long", "", "It has been shut.", id="taken out"),
        pytest.param("他们有三艘船。", "他们有两艘船。", "三", "两", None, id="no words to tell the place by"),
        pytest.param("A boat, a boat.", "A ship came, a ship went.", "boat", "ship", None, id="two places that fit"),
        pytest.param("All is well.", "All is not lost.", "", "not", None, id="other neighbours"),
    ],
)
def test_an_edit_is_made_in_the_copys_own_sentence(
    quote: str, wanted: str, before: str, after: str, made: str | None
) -> None:
    """Where the words beside it agree, or the old words stand there once; where neither holds it is not guessed."""
    found = mend(quote, wanted, before, after)

    assert made == (found.made(quote) if found else None)


def test_a_long_sentence_is_shortened_around_the_edit() -> None:
    """What was left out is marked on either side, and the edit is in what is left."""
    text = " ".join(f"word{n}" for n in range(60))
    at = text.index("word30")

    shown = window(text, at, at + 6)

    assert shown.startswith("... ")
    assert shown.endswith(" ...")
    assert "word30" in shown
    assert len(shown) <= CONTEXT + 8


def test_what_cannot_be_placed_is_shown_as_the_article_has_it() -> None:
    """A copy in other words gets the whole sentence that it should convey."""
    said = Said(3, "Arvid runs the ships.", "Jon Arvid, a former head of operations, ran the ships.", "", "former")

    lines = "\n".join(beside(said, Terminal()))

    assert "former head of" in lines
    assert max(width(line) for line in lines.splitlines()) <= 80


def test_an_added_passage_is_not_set_against_its_neighbour() -> None:
    """What a copy has beside the place of an addition is not wrong: it is said to stand beside it."""
    said = Said(13, "Four cover the coast.", "The ministry sent a statement.", "", "The ministry sent a statement.")

    assert "(not there; beside it, line 13:" in next(iter(beside(said, Terminal())))


def test_a_sentence_that_is_to_go_is_not_set_against_nothing() -> None:
    """Where nothing is left of the copy's sentence, it is said to be taken out."""
    said = Said(11, "You fell out in public.", "", "You fell out in public.")

    assert "| (to be taken out)" in next(iter(beside(said, Terminal())))
