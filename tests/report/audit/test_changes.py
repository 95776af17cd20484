"""What changed: each edit among the words around it, those of one sentence together."""

from __future__ import annotations

from provenance.model import Aspect, Edit, Kind, Mark, Op, Update
from provenance.report.audit.changes import Change, changes

BEFORE = "The inspector, Ines Tarrow, who is well, said 21 people were hurt."
AFTER = "The former inspector, Ines Tarrow, said 12 people were hurt."
ADDED = Edit(0, Op.INSERT, (), "", "former", (4, 4), (4, 10))
CUT = Edit(1, Op.DELETE, (), "who is well, ", "", (28, 41), (35, 35))
FIGURE = Edit(2, Op.REPLACE, (Aspect.NUMBER,), "21", "12", (46, 48), (40, 42))
AROUND = {0: (AFTER[:4], AFTER[10:]), 1: (BEFORE[:28], BEFORE[41:]), 2: (AFTER[:40], AFTER[42:])}
MARKS = {Mark.KEPT: "{}", Mark.DROPPED: "[-{}]", Mark.ADDED: "[+{}]"}


def told(*edits: Edit, around: dict[int, tuple[str, str]] | None = None, known: str = "") -> list[str]:
    """Tell edits, what was dropped and added in brackets."""
    update = Update("u", 1, Kind.CORRECTION, declared=True, because="the notice corrects it", edits=edits)
    sentences = {("u", each.n): known for each in edits} if known else {}
    words = {("u", n): each for n, each in (AROUND if around is None else around).items()}
    return list(map(written, changes(update, sentences, words)))


def written(change: Change) -> str:
    """Write one change."""
    return change.field + "".join(MARKS[each.mark].format(each.text) for each in change.pieces)


def test_an_edit_stands_among_the_words_around_it() -> None:
    """What was taken out stands where it stood, what was put in where it stands."""
    assert ["The [+former] inspector, Ines Tarrow, said 12 people were hurt."] == told(ADDED)
    assert ["The inspector, Ines Tarrow, [-who is well, ]said 21 people were hurt."] == told(CUT)


def test_edits_that_stand_near_each_other_are_told_in_one() -> None:
    """Each is marked in its place, and no word between them is told twice."""
    assert ["The [+former] inspector, Ines Tarrow, said [-21] [+12] people were hurt."] == told(ADDED, FIGURE)
    assert ["The inspector, Ines Tarrow, [-who is well, ]said [-21] [+12] people were hurt."] == told(
        CUT, FIGURE, around=AROUND
    )


def test_edits_that_stand_apart_are_told_one_by_one() -> None:
    """Where the words around the first do not reach the second, each has its own."""
    short = AROUND | {0: ("The ", " inspector, …")}

    assert 2 == len(told(ADDED, FIGURE, around=short))


def test_a_sentence_that_a_verdict_quotes_is_told_as_before() -> None:
    """The article's own sentence, whole, with its edits."""
    assert ["The [+former] inspector, Ines Tarrow, said [-21] [+12] people were hurt."] == told(
        ADDED, FIGURE, known=AFTER, around={}
    )


def test_an_edit_of_a_headline_says_so() -> None:
    """It is the line that everybody sees."""
    headline = Edit(0, Op.INSERT, (Aspect.HEADLINE,), "", "former", (4, 4), (4, 10))

    assert ["headlineThe [+former] inspector, Ines Tarrow, said 12 people were hurt."] == told(headline)


def test_without_surroundings_the_words_stand_alone() -> None:
    """Texts that are too long are not read."""
    assert ["[-21] [+12]"] == told(FIGURE, around={})
