"""Fingerprints: a copy shares its own part of them with its article, however small that is."""

from __future__ import annotations

import pytest
from engine.generated import awkward, revisions
from engine.texts import ELSEWHERE, article, text
from hypothesis import given

from provenance.engine.fingerprints import boilerplate, of

LONG = " ".join(
    f"The {n}th crate from Saltby held {n * 37} brass fittings for pump number {n * 11}." for n in range(300)
)
JAPANESE = "".join(f"第{n}号の起重機は{n * 37}個の木箱を港湾局の倉庫へ運んだ。" for n in range(300))
CHINESE = "".join(f"第{n}号码头的起重机把{n * 37}个木箱搬进了港务局的仓库。" for n in range(300))
ARABIC = " ".join(f"حملت الرافعة رقم {n} ما مجموعه {n * 37} صندوقا إلى مستودع الميناء القديم." for n in range(300))

BRIEFS = {
    "english": "Two trams collided at Saltby junction on Friday morning. Nobody was hurt, the operator said, and the "
    "line to the harbour was open again by noon after a crane had lifted the rear car.",
    "one sentence": "The council of Pellworth has closed the lido for the rest of the season after a pump failed.",
    "japanese": "金曜日の朝、ソルトビー駅前で路面電車二両が衝突した。けが人はなく、正午までに運転を再開した。",
    "chinese": "周五早上，两辆有轨电车在索特比路口相撞，无人受伤。中午前线路恢复通车。",
}


@given(awkward)
def test_a_fingerprint_is_a_number_of_32_bits(whole: str) -> None:
    """Whatever the text, its fingerprints fit into four bytes with a sign, and the same text has the same ones."""
    assert all(-(1 << 31) <= number < 1 << 31 for number in of(whole))
    assert of(whole) == of(whole)


@given(revisions(2))
def test_a_text_has_the_fingerprints_of_its_parts(texts: list[str]) -> None:
    """What stands in a text unbroken is found in it by all its fingerprints: containment, not resemblance."""
    first, second = (f"{each}\n\n" + "\n\n".join(ELSEWHERE) for each in texts)

    assert of(first) | of(second) <= of(f"{first}\n\n{second}")


@pytest.mark.parametrize("whole", [LONG, JAPANESE, CHINESE, ARABIC], ids=["english", "japanese", "chinese", "arabic"])
@pytest.mark.parametrize("part", [0.6, 0.3, 0.1])
def test_an_excerpt_shares_nearly_all_of_its_fingerprints(whole: str, part: float) -> None:
    """Cut anywhere, a long excerpt has next to none that the article has not."""
    start = len(whole) // 5
    excerpt = of(whole[start : start + int(part * len(whole))])

    assert len(excerpt & of(whole)) >= 0.95 * len(excerpt)
    assert len(excerpt) >= 0.6 * part * len(of(whole))


@pytest.mark.parametrize("whole", BRIEFS.values(), ids=BRIEFS)
def test_a_brief_shares_some_with_its_copy_whatever_word_is_changed(whole: str) -> None:
    """A text of fewer than sixty words keeps several runs, so that no one change leaves it without."""
    words = whole.split(" ") if " " in whole else list(whole)
    joined = " " if " " in whole else ""
    copies = [joined.join([*words[:n], "x", *words[n + 1 :]]) for n in range(len(words))]

    assert all(len(of(copy) & of(whole)) >= 3 for copy in copies)


@pytest.mark.parametrize("whole", BRIEFS.values(), ids=BRIEFS)
def test_a_brief_shares_some_with_a_long_page_that_has_it(whole: str) -> None:
    """Every paragraph keeps its smallest runs, in a page of any length."""
    pages = [f"{LONG}\n\n{JAPANESE}\n\n{whole}\n\n{ARABIC}\n\n{end}" for end in (CHINESE, LONG)]

    assert all(len(of(page) & of(whole)) >= 2 for page in pages)


def test_a_passage_of_one_paragraph_shares_some_with_its_article() -> None:
    """Where chance would keep none of a paragraph's runs, its smallest ones are kept."""
    paragraphs = [f"Crate {n} held {n * 37} brass fittings for the pump of the old dock." for n in range(100, 160)]
    whole = of("\n\n".join(paragraphs))

    assert all(of(f"{each}\n\n{LONG}") & whole for each in paragraphs)


def test_what_stands_in_other_articles_as_well_is_boilerplate() -> None:
    """Runs that an article shares with a text and with others that are no reprints of it speak for nothing."""
    footer = " ".join(f"Write to desk {n} of the Courier at Quay {n * 3} in Harrowmouth." for n in range(100, 140))
    article, other, text = (
        of("\n\n".join([*(f"{name} {n * 37} beside {name} {n}." for n in range(99)), footer]))
        for name in ("Saltby crate", "Pellworth sack", "Ashgill barrel")
    )

    assert boilerplate(text, article, frozenset(), [other])
    assert boilerplate(text, article, of(footer), [])
    assert not boilerplate(text, article, frozenset(), [])
    assert not boilerplate(article, article, of(footer), [other])
    assert not boilerplate(text, article, frozenset(), [article])


def test_words_and_runs_are_told_apart_by_one_bit() -> None:
    """The ledger takes a word for common sooner than a run: odd numbers are words."""
    runs, words = (
        of("It was a big day at the old dock and so we all sat in the sun"),
        of("Harrowmouth Pellworth Saltby 3141"),
    )

    assert {0} == {each & 1 for each in runs}
    assert {1} == {each & 1 for each in words}


def test_case_and_punctuation_leave_fingerprints_alone() -> None:
    """A copy set in capitals, with other dashes and quotation marks, has the same ones."""
    assert of(LONG) == of(LONG.upper()) == of(LONG.replace(". ", " — "))


def test_one_word_changed_in_a_hundred_leaves_most() -> None:
    """A lightly edited copy is still found."""
    words = LONG.split()
    edited = " ".join("altered" if n % 100 == 50 else word for n, word in enumerate(words))

    assert len(of(edited) & of(LONG)) >= 0.85 * len(of(LONG))


def test_other_stories_share_next_to_none() -> None:
    """Two texts about two things have no run of words in common."""
    assert len(of(text(*ELSEWHERE, headline="Frost")) & of(article())) <= 1


def test_about_one_run_in_sixteen_is_kept() -> None:
    """The number of fingerprints follows the length of the text, at a fraction of its words."""
    assert len(of(LONG)) < len(LONG.split()) / 2
    assert not of("")
    assert not of("a b c d")


def test_repetition_adds_nothing() -> None:
    """Ten thousand equal lines have the fingerprints of a few of them."""
    line = "The crane of Harrowmouth is let.\n\n"

    assert of(line * 10_000) == of(line * 3)
