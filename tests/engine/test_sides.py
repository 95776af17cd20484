"""An article and a copy beside each other: every sentence once, in its place, whatever the copy did with it."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from provenance.engine.sides import align

ARTICLE = (
    "Ferry sinks off Tarn\n\nThree people died when a ferry sank on Tuesday. The coast guard told of it at noon. "
    "It was calm that morning in the harbour.\n\nA spokesman for the owner said that an inquiry had begun. "
    "The mayor Anna Berg wept for the victims.\n"
)
Told = tuple[str, str, bool]


def rows(copy: str, article: str = ARTICLE) -> list[Told]:
    """Give the words of each row on both sides, and whether it moved."""
    return [
        (article[slice(*row.left)] if row.left else "", copy[slice(*row.right)] if row.right else "", row.moved)
        for row in align(article, copy)
    ]


def test_a_text_beside_itself_is_alike() -> None:
    """Every sentence stands beside itself, and nothing has moved."""
    assert all(left == right and not moved for left, right, moved in rows(ARTICLE))


def test_a_sentence_in_another_place_has_moved() -> None:
    """The fewest sentences are said to have moved."""
    wept = "The mayor Anna Berg wept for the victims."
    copy = ARTICLE.replace(f" {wept}", "").replace("\n\nThree", f"\n\n{wept} Three")

    assert [(wept, wept, True)] == [row for row in rows(copy) if row[2]]


def test_sentences_joined_and_split_stand_together() -> None:
    """Two sentences told in one, or one told in two, are one row."""
    joined = "Three people died when a ferry sank on Tuesday, the coast guard told of it at noon."
    split = "It was calm that morning. Calm in the harbour."
    copy = f"Ferry sinks off Tarn\n\n{joined} {split}\n"

    found = rows(copy)

    assert [joined] == [right for left, right, _ in found if left.startswith("Three") and left.endswith("noon.")]
    assert [split] == [right for left, right, _ in found if left.startswith("It was calm")]


def test_what_only_one_side_has_stands_alone() -> None:
    """The copy's own words stand where it has them, and what it lacks where the article does."""
    copy = ARTICLE.replace("\n\nThree", "\n\nThis we found out ourselves. Three").replace(
        "The mayor Anna Berg wept for the victims.", ""
    )

    found = rows(copy)

    assert ("", "This we found out ourselves.", False) == found[1]
    assert ("The mayor Anna Berg wept for the victims.", "", False) == found[-1]


@given(st.lists(st.sampled_from(ARTICLE.replace("\n\n", " ").split(". ")), max_size=12))
def test_every_sentence_stands_in_one_row(parts: list[str]) -> None:
    """However a copy is put together, each letter of both texts stands in one row at most, and all sentences do."""
    copy = ". ".join(parts) + ".\n"
    found = align(ARTICLE, copy)

    for text, spans in ((ARTICLE, [r.left for r in found if r.left]), (copy, [r.right for r in found if r.right])):
        ordered = sorted(spans)
        assert all(a[1] <= b[0] for a, b in itertools.pairwise(ordered))
        bare = "".join(text[slice(*span)] for span in ordered)
        assert "".join(text.split()) == "".join(bare.split()) or not any(map(str.isalnum, text))
