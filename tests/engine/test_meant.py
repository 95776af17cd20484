"""Meaning: what words cannot tell is read at the sentence that means the same, and nothing else is touched by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.texts import ADDED, LEAD, LONG_AFTER, PARAGRAPHS, PLANS, Story, article, revision, story, text

from provenance.engine.alike import Meaning
from provenance.engine.meant import BY_MEANING
from provenance.engine.patching import patch
from provenance.engine.standings import judge
from provenance.model import Copy, EditStanding, State

UNLIKE = 0.78

RENT = story(article(), article({"42,000": "24,000"}))
ROLE = story(article(), article({"has let the old harbour crane": "has refused to let the old harbour crane"}))
NEWER = story(article(), article(None, ADDED))

RETOLD_LEAD = "Whoever drinks at the quay this summer may do so below a piece of rusty ironwork, councillors decided."


@dataclass(frozen=True)
class Known:
    """A meaning that knows of some pairs how alike they are: beginnings of a copy's and of an article's sentence."""

    pairs: tuple[tuple[str, str, float], ...]

    def likeness(self, these: Sequence[str], those: Sequence[str]) -> list[list[float]]:
        """Give what is known, and for all else what unlike sentences have."""
        return [[self._of(one, other) for other in those] for one in these]

    def _of(self, one: str, other: str) -> float:
        return next((far for x, y, far in self.pairs if one.startswith(x) and y in other), UNLIKE)


def judged(told: Story, copy: str, meaning: Meaning | None, *, declared: bool = True) -> Copy | None:
    """Judge a copy of another publisher with a meaning."""
    mirror = replace(revision(copy), metadata=replace(revision(copy).metadata, url="https://mirror.example/crane"))
    return judge(told.revisions, told.updates, mirror, LONG_AFTER, declared=declared, meaning=meaning)


def first(told: Story, copy: str, meaning: Meaning | None) -> EditStanding:
    """Give what a copy shows of the first edit of the first update."""
    found = judged(told, copy, meaning)
    assert found is not None
    return found.standings[0].edits[0]


def test_a_retold_sentence_nearer_to_the_old_side_misses_the_update() -> None:
    """The copy's own sentence is the evidence, and the reason says that it was found by its meaning."""
    copy = text(RETOLD_LEAD, headline="Beer by the water")
    known = Known(((RETOLD_LEAD[:9], "refused", 0.86), (RETOLD_LEAD[:9], "has let the old", 0.9)))

    assert State.NOT_APPLICABLE is first(ROLE, copy, None).state
    seen = first(ROLE, copy, known)

    assert (State.MISSING, RETOLD_LEAD) == (seen.state, seen.quote)
    assert seen.because.startswith(BY_MEANING)


def test_a_retold_sentence_nearer_to_the_new_side_carries_the_update() -> None:
    """The same sentence, were it nearer to what stands there now."""
    copy = text(RETOLD_LEAD, headline="Beer by the water")
    known = Known(((RETOLD_LEAD[:9], "refused", 0.9), (RETOLD_LEAD[:9], "has let the old", 0.86)))

    assert State.CARRIED is first(ROLE, copy, known).state


def test_a_sentence_as_near_to_both_sides_tells_nothing() -> None:
    """What meaning cannot tell stays as the words left it."""
    copy = text(RETOLD_LEAD, headline="Beer by the water")
    known = Known(((RETOLD_LEAD[:9], "Harrowmouth has", 0.9),))

    assert first(ROLE, copy, None) == first(ROLE, copy, known)


def test_a_figure_is_never_decided_by_nearness() -> None:
    """However much nearer to the old side: a sentence without the figure does not say what it was."""
    copy = text(RETOLD_LEAD, headline="Beer by the water")
    known = Known(((RETOLD_LEAD[:9], "42,000", 0.95), (RETOLD_LEAD[:9], "24,000", 0.85)))

    assert State.NOT_APPLICABLE is first(RENT, copy, known).state


def test_a_figure_is_read_where_the_meaning_points() -> None:
    """A translated sentence has the old figure in its own notation: the rules decide, at the place that was found."""
    told = "Der Stadtrat hat den alten Hafenkran für 42.000 Pfund im Jahr an eine Brauerei verpachtet."
    known = Known(((told[:9], "42,000", 0.88), (told[:9], "24,000", 0.88)))

    seen = first(RENT, text(told, headline="Bier am Wasser"), known)

    assert (State.MISSING, told) == (seen.state, seen.quote)


def test_what_was_compared_as_a_value_is_not_overruled() -> None:
    """A copy with the new figure carries the correction, whatever a sentence is said to mean."""
    copy = article({"42,000": "24,000"})
    known = Known(((LEAD[:9], "42,000", 1.0), (LEAD[:9], "24,000", 0.5)))

    assert first(RENT, copy, None) == first(RENT, copy, known)
    assert State.CARRIED is first(RENT, copy, known).state


def test_an_addition_that_is_told_in_other_words_is_carried() -> None:
    """The rest of the article is there word for word, so the lack of the words alone would accuse."""
    told = "Friends of old ironwork were never consulted, they complain, and want the authorities to step in."
    copy = article(None, told)

    assert State.MISSING is first(NEWER, copy, None).state
    assert State.CARRIED is first(NEWER, copy, Known(((told[:9], "Lantern Trust", 0.93),))).state
    assert State.MISSING is first(NEWER, copy, Known(((told[:9], "Lantern Trust", 0.86),))).state


def test_an_addition_is_missed_beside_a_paragraph_that_is_told_in_other_words() -> None:
    """The neighbouring paragraph, retold, is the passage beside it."""
    told = "People who live nearby would rather sleep, and hundreds of them have put their names to that."
    copy = text(told, headline="Beer by the water")

    assert State.NOT_APPLICABLE is first(NEWER, copy, None).state
    assert State.MISSING is first(NEWER, copy, Known(((told[:9], "Neighbours on", 0.92),))).state


def test_a_text_is_no_copy_for_meaning_the_same() -> None:
    """An independent report of the same event means all that the article means: it shares its facts with nobody."""
    report = [
        f"Reported by our own people, number {word}, is this." for word in ("one", "two", "three", "four", "five")
    ]
    known = Known(tuple((told, said[:20], 0.97) for told, said in zip(report, PARAGRAPHS, strict=True)))

    assert judged(RENT, text(*report, headline="At the quay"), known, declared=False) is None


def test_a_translation_is_known_by_its_order_and_its_figures() -> None:
    """Retold sentence by sentence, in the article's order, with its figures; in another order it is no copy."""
    told = [
        "Der Stadtrat hat den alten Hafenkran für 42.000 Pfund im Jahr an eine Brauerei verpachtet.",
        "Die Ingenieurin sagt, dass der Kran seit der Flut im Frühjahr keine Last mehr getragen hat.",
        "Die Brauerei will unter dem Ausleger noch vor der Heringsmesse eine Schankstube eröffnen.",
        "Der Kran wurde 1911 von Schiffbauern aus genietetem Stahl gebaut und hob Kessel in die Dampfer.",
        "Nachbarn haben 310 Unterschriften gegen lange Öffnungszeiten und laute Musik gesammelt.",
    ]
    known = Known(tuple((one, said[:20], 0.9) for one, said in zip(told, PARAGRAPHS, strict=True)))

    assert judged(RENT, text(*told, headline="Der Kran"), None, declared=False) is None
    assert judged(RENT, text(*told, headline="Der Kran"), known, declared=False) is not None
    assert judged(RENT, text(*told[::-1], headline="Der Kran"), known, declared=False) is None


def test_a_copy_in_the_articles_own_words_is_never_looked_up() -> None:
    """Where every sentence has its place by its words, there is nothing to ask."""
    assert first(ROLE, article(), None) == first(ROLE, article(), Unasked())
    assert first(ROLE, text(PLANS), None) == first(ROLE, text(PLANS), Unasked())


class Unasked:
    """A meaning that must not be asked."""

    def likeness(self, these: Sequence[str], those: Sequence[str]) -> list[list[float]]:
        """Fail."""
        raise AssertionError(these, those)


def test_a_patch_judges_with_the_same_meaning() -> None:
    """What only its meaning shows to be missed is listed for a person to do, and not passed over."""
    copy = text(RETOLD_LEAD, headline="Beer by the water")
    known = Known(((RETOLD_LEAD[:9], "refused", 0.86), (RETOLD_LEAD[:9], "has let the old", 0.9)))

    assert () == patch(ROLE.revisions, ROLE.updates, revision(copy)).left
    [left] = patch(ROLE.revisions, ROLE.updates, revision(copy), meaning=known).left
    assert RETOLD_LEAD == left.standing.quote
