"""Notices: the publisher's own notes, found where they stand and told from what only looks like one."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from provenance.engine import notices
from provenance.model import Kind, Notice, Says

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "notices"

NEUTRAL = {
    "de": "Der Rat tagte am Dienstag und beschloss, das Dach der Halle vor dem Winter zu erneuern.",
    "fr": "Le conseil s'est réuni mardi et a décidé de refaire le toit de la salle avant l'hiver.",
    "es": "El concejo se reunió el martes y acordó arreglar el tejado de la sala antes del invierno.",
    "it": "Il consiglio si è riunito martedì e ha deciso di rifare il tetto della sala prima dell'inverno.",
    "pt": "A câmara reuniu-se na terça-feira e decidiu reparar o telhado da sala antes do inverno.",
    "uk": "Рада зібралася у вівторок і вирішила полагодити дах зали до зими.",
    "ru": "Совет собрался во вторник и решил починить крышу зала до зимы.",
    "ar": "اجتمع المجلس يوم الثلاثاء وقرر إصلاح سقف القاعة قبل الشتاء.",
    "fa": "شورا روز سه‌شنبه تشکیل شد و تصمیم گرفت سقف سالن را پیش از زمستان تعمیر کند.",
    "hi": "परिषद की बैठक मंगलवार को हुई और उसने सर्दी से पहले छत की मरम्मत का फ़ैसला किया।",
    "ja": "市議会は火曜日に開かれ、冬までに会館の屋根を直すことを決めた。",
    "zh": "市议会周二开会，决定在冬天到来之前修好礼堂的屋顶。",
    "ko": "시의회는 화요일에 회의를 열고 겨울이 오기 전에 회관 지붕을 고치기로 했다.",
}
ENGLISH = "The council met on Tuesday and agreed to mend the roof of the hall before the winter comes."


def load(pattern: str, key: str) -> list[Any]:
    """Read the fixtures as pytest parameters, named by language and place."""
    found = []
    for file in sorted(FIXTURES.glob(pattern)):
        data = tomllib.loads(file.read_text("utf-8"))
        for n, each in enumerate(data[key]):
            language = each.get("language", data.get("language", ""))
            found.append(pytest.param(each, language, id=f"{language}-{n}"))
    return found


NOTES = load("notes-*.toml", "note")
OTHERS = load("others.toml", "other")


def article(language: str, *, second: str = "", last: str = "", closing: str = "") -> str:
    """Write a canonical text of six paragraphs around a note."""
    plain = NEUTRAL.get(language, ENGLISH)
    body = [second, *[plain] * 6, last, closing]
    return "\n\n".join([plain[:30].strip(), *filter(None, body)]) + "\n"


def bare(note: str) -> str:
    """Leave out the marks of emphasis, which a notice does not span."""
    return note.strip("*_※ ")


@pytest.mark.parametrize(("note", "language"), NOTES)
def test_a_note_at_the_end_is_found_with_its_exact_span(note: dict[str, Any], language: str) -> None:
    """A note in the last paragraph is one notice, and its span is the note's."""
    text = article(language, last=note["text"])

    [found] = notices.find(text, language)

    assert found.span is not None
    assert text[slice(*found.span)] == found.text
    assert bare(note["text"]) == bare(found.text)


@pytest.mark.parametrize(("note", "language"), NOTES)
def test_a_note_below_the_headline_is_found(note: dict[str, Any], language: str) -> None:
    """A note in the second paragraph is found whether or not the language is known."""
    text = article(language, second=note["text"])

    [found] = notices.find(text)

    assert bare(note["text"]) == bare(found.text)


@pytest.mark.parametrize(("note", "language"), NOTES)
def test_a_note_says_what_was_done(note: dict[str, Any], language: str) -> None:
    """Every claim of a note is read, with what was said, what is right and what it is about."""
    found = notices.read(note["text"], language)

    assert found is not None
    for wanted in note["claims"]:
        fitting = [
            claim
            for claim in found.claims
            if claim.says == wanted["says"]
            and all(wanted.get(role, "") in getattr(claim, role) for role in ("old", "new", "about"))
        ]
        assert fitting, f"{wanted} not in {found.claims}"


@pytest.mark.parametrize(("note", "language"), NOTES)
def test_what_a_claim_tells_stands_in_the_note(note: dict[str, Any], language: str) -> None:
    """`old`, `new` and `about` are the note's own words, to the letter."""
    found = notices.read(note["text"], language)

    assert found is not None
    assert all(each in note["text"] for claim in found.claims for each in (claim.old, claim.new, claim.about))


@pytest.mark.parametrize(("other", "language"), OTHERS)
def test_what_only_looks_like_a_note_is_none(other: dict[str, Any], language: str) -> None:
    """Introductions, stamps, policies, stories about corrections and other people's notes are part of the text."""
    places = ({"second": other["text"]}, {"last": other["text"]}, {"last": other["text"], "closing": ENGLISH})

    assert [()] * 3 == [notices.find(article(language, **place), language) for place in places]


def test_there_are_many_notes_and_many_others() -> None:
    """The grammar is held by at least 120 notes and 60 paragraphs that are none."""
    assert len(NOTES) >= 120
    assert len(OTHERS) >= 60


def test_a_clarification_and_an_addition_in_one_note_are_two_claims() -> None:
    """One note may tell of several updates."""
    found = notices.read(
        "This article has been updated to clarify that the witness is a former inspector, and to add the Harbour "
        "Ministry's statement."
    )

    assert found is not None
    assert [(Says.CLARIFIED, "the witness is a former inspector")] == [(c.says, c.about) for c in found.claims[:1]]
    assert [(Says.ADDED, "the Harbour Ministry's statement")] == [(c.says, c.about) for c in found.claims[1:]]
    assert found.kind is Kind.CLARIFICATION


@pytest.mark.parametrize(
    ("headline", "tag", "says"),
    [
        ("CORRECTED-Mill profit falls 12%", "CORRECTED-", Says.CORRECTED),
        ("UPDATE 2-Mill profit falls 12%", "UPDATE 2-", Says.ADDED),
        ("REFILE-Mill profit falls 12%", "REFILE-", Says.REFILED),
        ("WITHDRAWN: Mill profit falls 12%", "WITHDRAWN:", Says.RETRACTED),
        ("KILL - Mill profit falls 12%", "KILL -", Says.RETRACTED),
        ("Mill profit falls 12% (updated)", "(updated)", Says.ADDED),
        ("ОНОВЛЕНО: Прибуток заводу впав", "ОНОВЛЕНО:", Says.ADDED),
        ("【訂正】工場の利益が減少", "【訂正】", Says.CORRECTED),
    ],
)
def test_a_tag_on_the_headline_is_a_notice(headline: str, tag: str, says: Says) -> None:
    """A wire's tag on its headline tells what the revision is."""
    [found] = notices.find(f"{headline}\n\n{ENGLISH}\n")

    assert tag == found.text
    assert [says] == [claim.says for claim in found.claims]


@pytest.mark.parametrize(
    "headline", ["Update on the flood", "Kill switch found", "Corrections chief quits", "Withdrawn bill returns"]
)
def test_a_headline_that_begins_with_the_word_has_no_tag(headline: str) -> None:
    """A tag is parted from its headline by a dash, a colon or a bracket."""
    assert notices.find(f"{headline}\n\n{ENGLISH}\n") == ()


def test_a_remark_in_brackets_at_the_end_of_a_paragraph_is_a_notice_of_its_own() -> None:
    """The span of a remark in brackets leaves the paragraph's own words out."""
    note = "[This paragraph has been corrected: the vote was 7-3.]"

    [found] = notices.find(f"Vote\n\n{ENGLISH} {note}\n\n{ENGLISH}\n")

    assert note == found.text


def test_a_note_that_ends_a_paragraph_begins_with_its_sentence() -> None:
    """A note that follows the last sentence without a bracket or a break is found from its own beginning."""
    note = "An earlier version of this article misstated the date of the vote. It is on 4 May, not 5 May."

    [found] = notices.find(f"Vote\n\n{ENGLISH} {note}\n")

    assert note == found.text


def test_a_label_on_a_line_of_its_own_belongs_to_the_note_below() -> None:
    """A label alone in a paragraph, a date below, and then the note are one notice."""
    note = "Correction\n\n4 March 2025\n\nA previous version of this story misspelled the name of the river Orrin."

    [found] = notices.find(f"River\n\n{ENGLISH}\n\n{ENGLISH}\n\n{note}\n")

    assert note == found.text


def test_several_notes_are_several_notices_in_order() -> None:
    """Two notes one below the other do not run together."""
    first = "Correction, 3 May: The bridge is 80 metres long, not 800."
    second = "Correction, 5 May: The architect is Ada Moll, not Ada Mole."

    found = notices.find(f"Bridge\n\n{ENGLISH}\n\n{first}\n\n{second}\n")

    assert [first, second] == [each.text for each in found]


def test_a_note_that_came_as_metadata_is_a_notice_whatever_it_says() -> None:
    """What the publisher gives as a notice is one; only a blank is none."""
    assert notices.read(" \n") is None
    assert notices.read("Thanks to our readers.") is not None
    assert Notice("x" * 5000, None, (), "metadata", "en") == notices.read("x" * 5000, "en")


def test_the_body_is_what_no_notice_spans() -> None:
    """Stripping gives the spans around the notices, without the white space at their ends."""
    note = "Correction: The bridge is 80 metres long, not 800."
    text = f"Bridge\n\n{note}\n\n{ENGLISH}\n"

    assert ["Bridge", ENGLISH] == [text[slice(*span)] for span in notices.strip(text, notices.find(text))]
    assert [ENGLISH] == [ENGLISH[slice(*span)] for span in notices.strip(ENGLISH, ())]


def test_an_update_that_owns_up_to_an_error_corrects() -> None:
    """A copy's remark that its source was corrected tells of a correction, whatever it is headed with."""
    found = notices.read("UPDATE, Saturday: the Gazette has put out a correction. It was four counts, it says.", "en")

    assert found is not None
    assert found.kind is Kind.CORRECTION


def test_what_is_withdrawn_in_the_end_is_retracted() -> None:
    """A last sentence that withdraws both claims makes retractions of what was told before."""
    found = notices.read(
        "Editor's note: The original headline of this article said that the strain had infected a cell. The study "
        "makes no such claim. Both have been withdrawn.",
        "en",
    )

    assert found is not None
    assert found.kind is Kind.RETRACTION
    assert found.claims[0].old == "the strain had infected a cell"
