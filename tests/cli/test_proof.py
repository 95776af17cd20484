"""What a rule proves is said of every rule that decides."""

from __future__ import annotations

import pytest

from provenance.report.proof import proves

DECIDING = (
    "has the words as they stood before",
    "has the signs as they stand now",
    "has the word as it was spelt before",
    "has the figure as it stands now",
    "has both figures, as the article now does",
    'says "former" or a word for it',
    'names it without "former"',
    "has the words that stand there now",
    "tells the sentence without what was added",
    "has the words without the one who now stands as their speaker",
    "tells what was added",
    "still has what was taken out",
    "has the passage beside it and lacks what was added",
    "has 43% of the article and lacks what was added",
    "still runs an article that is withdrawn",
    "its own notice tells of it, its text is as it was",
    "too far from both wordings to tell",
    "known from the notice alone: has the words as they stood before",
    "found by its meaning: has the figure as it stood before",
)


@pytest.mark.parametrize("reason", DECIDING)
def test_what_a_rule_proves_is_said(reason: str) -> None:
    """Each reason of docs/engine.md has its line."""
    assert proves(reason)


@pytest.mark.parametrize(
    "reason", ["the copy does not contain the passage", "a later revision changed the same passage again"]
)
def test_what_decides_nothing_proves_nothing(reason: str) -> None:
    """A rule by which nothing is out of date needs no line."""
    assert not proves(reason)
