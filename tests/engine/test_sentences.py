"""Sentences: spans in order that leave out nothing but white space."""

from __future__ import annotations

import pytest
from engine.generated import awkward, revisions
from hypothesis import given
from hypothesis import strategies as st

from provenance.engine.sentences import sentences


@given(st.one_of(awkward, revisions(1).map(lambda found: found[0])))
def test_sentences_cover_every_visible_character_in_order(text: str) -> None:
    """Sentences stand in order inside the text, without overlap, and only white space lies between them."""
    found = sentences(text)
    bounds = [0, *(place for span in found for place in span), len(text)]

    assert bounds == sorted(bounds)
    assert "" == "".join(text[a:b] for a, b in zip(bounds[::2], bounds[1::2], strict=True)).strip()


@given(st.one_of(awkward, revisions(1).map(lambda found: found[0])))
def test_a_sentence_begins_and_ends_with_its_words(text: str) -> None:
    """No sentence is empty or has white space around it."""
    found = [text[slice(*span)] for span in sentences(text)]

    assert all(found)
    assert found == [sentence.strip() for sentence in found]


@pytest.mark.parametrize(
    ("paragraph", "count"),
    [
        ("The crane is let. The brewery pays. Nobody objects.", 3),
        ("Dr. Marsh pays 4.2 pounds a day to J. R. Penn at No. 7.", 1),
        ("„Der Kran steht“, sagte Dr. Marsh. Er bleibt geschlossen.", 2),
        ("市議会は起重機を貸した。賃料は四万二千ポンドだ。住民は反対している。", 3),
        ("港务局出租了起重机。租金是多少？没有人知道！", 3),
        ("أجّر المجلس الرافعة. هل تدفع الشركة؟ لا أحد يعلم.", 3),
        ("परिषद ने क्रेन किराए पर दी। कंपनी भुगतान करेगी।", 2),
    ],
)
def test_a_paragraph_is_cut_where_its_language_ends_a_sentence(paragraph: str, count: int) -> None:
    """Full stops of many scripts end a sentence, that of an abbreviation or inside a number does not."""
    assert count == len(sentences(paragraph))


@pytest.mark.parametrize(
    "paragraph", ["Der Kran wurde am 3. Mai 1911 gebaut.", "Kranen ble bygget 3. mai 1911, i tre."]
)
def test_an_ordinal_ends_no_sentence(paragraph: str) -> None:
    """German and its neighbours write the day of a date with a full stop; the date stays in one sentence."""
    assert 1 == len(sentences(paragraph))


def test_a_paragraph_always_ends_a_sentence() -> None:
    """A headline has no full stop and is a sentence of its own."""
    text = "Crane let\n\nThe brewery pays\n\nNobody objects\n"

    assert ["Crane let", "The brewery pays", "Nobody objects"] == [text[slice(*span)] for span in sentences(text)]
