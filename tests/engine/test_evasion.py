"""Words that look like the article's and are spelled otherwise: seen through and told, never where that is spelling."""

from __future__ import annotations

import pytest

from provenance.engine import text, updates
from provenance.engine.evasion import Seen, see, unmixed
from provenance.engine.fingerprints import of
from provenance.engine.original import original
from provenance.engine.standings import judge
from provenance.model import EVASION, HIDDEN_IN_WORDS, Copy, CopyState, Metadata, Revision

OLD = (
    "Ferry sinks off Tarn\n\nThree people died when a ferry sank on Tuesday, the coast guard said.\n\n"
    "The boat had left the harbour with 20 passengers on board, and IFNα had nothing to do with it.\n"
)
NEW = OLD.replace("Three", "Two").replace("20", "24")
CYRILLIC = str.maketrans("aeopcxTA", "аеорсхТА")
RUSSIAN = "Паром затонул\n\nТри человека погибли во вторник, а ещё 20 ранены, сообщила береговая охрана порта.\n"


def seen(copy: str, article: str = OLD) -> Seen:
    """See through a copy of an article of one revision."""
    return see(copy, original((article,), ""))


def judged(copy: str, *flags: str, upstream: tuple[str, ...] = (), old: str = OLD, new: str = NEW) -> Copy:
    """Judge a copy, with flags of its own, of an article that was corrected, with flags of its own."""
    revisions = [
        Revision(Metadata("https://courier.example/a"), n, text=each, flags=upstream)
        for n, each in enumerate((old, new))
    ]
    made = updates.revise(*revisions).updates
    found = judge(
        revisions, made, Revision(Metadata("https://b.example/"), 0, text=copy, flags=flags), None, declared=True
    )
    assert found is not None
    return found


def test_letters_of_another_script_are_seen_through() -> None:
    """A word that mixes scripts, or wholly looks like a word of the article, is read as it looks; every span holds."""
    found = seen(OLD.translate(CYRILLIC))

    assert OLD == found.text
    assert {"Three", "a", "people"} <= {each.plain for each in found.disguises}
    assert all(OLD[slice(*each.span)] == each.plain for each in found.disguises)
    assert ("Т", "е") == next(each for each in found.disguises if each.plain == "Three").characters


@pytest.mark.parametrize(
    "copy",
    [
        pytest.param(OLD, id="the article itself, with a Greek letter in a word"),
        pytest.param("Паром затонул\n\nА он сказал: три человека, а 20 ранены.\n", id="a text in Cyrillic"),
        pytest.param("Το πλοίο βυθίστηκε\n\nΟ υπουργός είπε: 20 νεκροί.\n", id="a text in Greek"),
        pytest.param(OLD + "\n«А он сказал: со мной», said Сергей.\n", id="a quotation in Cyrillic"),
        pytest.param(OLD.replace("20", "٢٠").replace("Three", "Ｔｈｒｅｅ"), id="digits and letters of other widths"),
        pytest.param(OLD.replace("died", "dıed é ß ø"), id="letters of other Latin alphabets"),
        pytest.param(OLD + "\nα-helix, 10 kΩ, μm and a Δt.\n", id="Greek signs of science"),
    ],
)
def test_spelling_is_no_disguise(copy: str) -> None:
    """What is written in another script, or with digits of another, is left as it is and flags nothing."""
    assert Seen(copy) == seen(copy)


@pytest.mark.parametrize("word", ["𝐓𝐡𝐫𝐞𝐞", "Тhrее", "Τhree"])
def test_a_disguised_old_figure_is_still_missed(word: str) -> None:
    """A copy with the old text in disguise misses the correction, in its own letters, and is flagged."""
    found = judged(OLD.replace("Three", word))

    assert (CopyState.BEHIND, (EVASION,)) == (found.state, found.flags)
    assert word in "".join(edit.quote for standing in found.standings for edit in standing.edits)


def test_a_nought_that_is_a_letter_is_a_nought() -> None:
    """A figure with a Cyrillic O in it is the article's old figure."""
    found = judged(OLD.replace("Three", "Two").replace("20", "2О"))

    assert (CopyState.BEHIND, (EVASION,)) == (found.state, found.flags)


def test_what_differs_in_disguise_only_is_carried_and_flagged() -> None:
    """The corrected text in other letters carries the correction."""
    found = judged(NEW.translate(CYRILLIC))

    assert (CopyState.CURRENT, (EVASION,)) == (found.state, found.flags)


def test_a_slip_of_the_keyboard_is_no_evasion() -> None:
    """In an article that is not in Latin letters, two words with a Latin one are typing; three are suspected."""
    slip, many = (RUSSIAN.replace("о", "o", times) for times in (2, 9))

    assert RUSSIAN == seen(slip, RUSSIAN).text == seen(many, RUSSIAN).text
    assert () == judged(slip, old=RUSSIAN, new=RUSSIAN.replace("20", "24")).flags
    assert (EVASION,) == judged(many, old=RUSSIAN, new=RUSSIAN.replace("20", "24")).flags


def test_characters_hidden_in_words_are_flagged_where_the_article_has_none() -> None:
    """The copy's text is without them; its revision's flag tells. What came along with the article is no evasion."""
    assert (EVASION,) == judged(OLD, HIDDEN_IN_WORDS).flags
    assert () == judged(OLD, HIDDEN_IN_WORDS, upstream=(HIDDEN_IN_WORDS,)).flags
    assert () == judged(OLD, "hidden-characters").flags


def test_only_what_hides_inside_a_word_counts() -> None:
    """A zero-width space beside a word, a soft hyphen, or one where words are written so, hides nothing."""
    assert ["Th\u200bree", "2\u200b0"] == list(text.hidden_words("Th\u200bree of 2\u200b0"))
    assert not list(text.hidden_words("\u200bThree \u200bof\u200b so\u00adft a\u2060b ไทย\u200bไทย می\u200cشود"))


def test_a_disguised_copy_is_found_among_articles() -> None:
    """The fingerprints of words that mix scripts are those of what they look like."""
    assert len(of(OLD) & of(OLD.translate(CYRILLIC))) > len(of(OLD)) / 2
    assert "Three Паром" == unmixed("Тhrее Паром")


@pytest.mark.parametrize("part", ["о", "Тhrее ", "2О", "1,", "Тhrее\n", "а ", "𝐓"])
def test_a_megabyte_of_it_is_seen_through(part: str) -> None:
    """Work grows with the text: a megabyte of one disguised part is gone through once, and keeps its length."""
    copy = part * (1_000_000 // len(part))

    assert len(copy) == len(seen(copy).text)
