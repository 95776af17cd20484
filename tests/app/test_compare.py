"""Two texts beside each other."""

from __future__ import annotations

from provenance.app.compare import Mark, compare

BEFORE = "Ferry sinks\n\nThree people died.\n\nDivers searched until dusk.\n"
AFTER = "Ferry sinks\n\nTwo people died.\n\nDivers searched until dusk.\n\nThe owner has been questioned.\n"


def test_only_paragraphs_that_differ_are_shown_with_their_lines() -> None:
    """A changed paragraph and an added one come with their lines; what is the same is left out."""
    changed, added = compare(BEFORE, AFTER)

    assert (3, 3) == (changed.before_line, changed.after_line)
    assert ["Three", "Two"] == [piece.text for piece in changed.pieces if piece.mark is not Mark.KEPT]
    assert 7 == added.after_line
    assert [(Mark.ADDED, "The owner has been questioned.")] == [(piece.mark, piece.text) for piece in added.pieces]


def test_the_same_text_has_no_passages() -> None:
    """Nothing differs, so nothing is shown."""
    assert [] == list(compare(BEFORE, BEFORE))
