"""What is put into a copy for what it misses: the words that changed, in the copy's own style, or nothing."""

from __future__ import annotations

import pytest
from engine.texts import (
    ADDED,
    HISTORY,
    LEAD,
    OBJECTION,
    PLANS,
    WITNESS,
    Story,
    article,
    of,
    revision,
    story,
    text,
    withdrawn,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.engine.patching import Patch, Splice, Spliced, Why, patch
from provenance.engine.patching.merging import merged
from provenance.model import Metadata, Revision, State

RENT = article({"42,000": "24,000"})


def mend(told: Story, copy: str) -> Patch:
    """Patch a text as a copy of an article."""
    return patch(told.revisions, told.updates, Revision(Metadata(url="https://mirror.example/crane"), 0, text=copy))


def test_only_the_words_that_changed_are_changed() -> None:
    """The one splice covers the figure, and the text is the article's as it now stands."""
    found = mend(story(article(), RENT), article())

    [splice] = found.made.splices
    assert ("42,000", "24,000") == (article()[slice(*splice.span)], splice.text)
    assert RENT == found.made.text
    assert () == found.left


def test_the_copys_own_words_stay() -> None:
    """A merge makes the change in the copy's sentence, not the article's sentence in the copy."""
    mine = LEAD.replace("The town council of Harrowmouth has let", "Harrowmouth's town council has at last let")
    found = mend(story(article(), RENT), text(mine, *(WITNESS, PLANS, HISTORY, OBJECTION)))

    assert mine.replace("42,000", "24,000") in found.made.text


@pytest.mark.parametrize(
    ("ours", "expected"),
    [
        ("42.000", "1.250.000"),
        ("42000", "1250000"),
        ("42’000", "1’250’000"),
        ("42,000", "1,250,000"),
    ],
)
def test_figures_are_written_as_the_copy_writes_them(ours: str, expected: str) -> None:
    """Digits and what parts them are house style, and the new figure follows it."""
    old, new = "They paid 42,000 pounds for it.", "They paid 1,250,000 pounds for it."
    [splice] = merged(old, new, old.replace("42,000", ours), _nobody, ()) or []

    assert expected == splice.text


def test_quotation_marks_are_written_as_the_copy_writes_them() -> None:
    """Curved where the copy has curved ones, also in a sentence that it never had."""
    said = (
        'Asked again, she said on Monday: "It\'s a fine crane, whatever the harbour master wrote about it in his log."'
    )
    told = story(article(), article(None, said))
    copy = article().replace(WITNESS, f"{WITNESS} “That’s all,” she said.")

    assert said.replace('"I', "“I").replace('"', "”").replace("'", "’") in mend(told, copy).made.text


def test_a_word_that_opens_the_copys_sentence_gets_a_capital() -> None:
    """The article's word stands within a sentence, the copy's at its beginning."""
    [splice] = (
        merged("It said net profit fell.", "It said operating profit fell.", "Net profit fell.", _nobody, ()) or []
    )

    assert Splice((0, 3), "Operating") == splice


def test_a_word_that_opens_the_articles_sentence_loses_its_capital() -> None:
    """If it is known as no name: it stands somewhere in lower case."""
    old, new, copy = "Net profit fell.", "Operating profit fell.", "It said net profit fell."

    assert [Splice((8, 11), "operating")] == merged(old, new, copy, _nobody, ("the operating profit",))
    assert merged(old, new, copy, _nobody, ()) is None


def _nobody(*_: object) -> tuple[tuple[str, int], ...]:
    return ()


def test_half_a_change_is_none() -> None:
    """Two words of one sentence changed: where the copy says one of them otherwise, neither is put in."""
    old, new = "Turnout was 54 percent, down from 57 percent.", "Turnout was 58 percent, up from 57 percent."

    assert merged(old, new, "Turnout was 54 percent, a little lower than 57 percent.", _nobody, ()) is None


def test_a_copy_that_says_it_in_its_own_words_is_listed() -> None:
    """With the reason, and with nothing changed."""
    mine = "For 42,000 a year a brewery gets the crane in the old harbour, so the council of Harrowmouth."
    told = story(
        article(), article({"has let the old harbour crane to a brewery": "has sold the crane to a cider maker"})
    )
    found = mend(told, text(mine, WITNESS, PLANS, HISTORY, OBJECTION))

    assert () == found.made.splices
    assert {Why.OTHER_WORDS} >= {left.why for left in found.left}


def test_the_words_that_stand_now_are_put_in() -> None:
    """Not those that a later revision changed again."""
    told = story(article(), article({"42,000": "43,000"}), article({"42,000": "24,000"}))

    assert RENT == mend(told, article()).made.text


def test_an_added_paragraph_goes_below_its_neighbour() -> None:
    """As a paragraph of its own, wherever the copy has that neighbour."""
    told = story(article(), article().replace(HISTORY, f"{HISTORY}\n\n{ADDED}"))
    copy = text(LEAD, OBJECTION, HISTORY, WITNESS, PLANS)
    found = mend(told, copy)

    assert f"{HISTORY}\n\n{ADDED}\n\n" in found.made.text
    assert copy == found.made.text.replace(f"{ADDED}\n\n", "")


def test_an_added_sentence_goes_behind_its_neighbour() -> None:
    """In the same paragraph."""
    added = "Its boiler was taken out and sold for scrap in the winter of 1974."
    told = story(article(), article().replace(HISTORY, f"{HISTORY} {added}"))

    assert f"{HISTORY} {added}\n" in mend(told, article()).made.text


def test_several_added_paragraphs_stand_in_the_articles_order() -> None:
    """The second goes below the first, which the copy did not have before."""
    more = "The county archaeologist said that she would look at the crane in May, and that nothing was decided."
    told = story(article(), article(None, ADDED, more))

    assert article(None, ADDED, more) == mend(told, article()).made.text


def test_an_addition_without_its_neighbour_is_listed() -> None:
    """An excerpt that has nothing of what stands beside it."""
    told = story(article(), article().replace(OBJECTION, f"{OBJECTION}\n\n{ADDED}"))
    found = mend(told, text(LEAD, WITNESS, PLANS))

    assert () == found.made.splices


def test_what_was_taken_out_goes_word_for_word() -> None:
    """With its blank line; what the copy retells is listed."""
    told = story(article(), text(LEAD, WITNESS, PLANS, OBJECTION))
    retold = "Riveted by shipwrights in 1911, the steel crane used to lift boilers into steamers along the coast."

    assert text(LEAD, WITNESS, PLANS, OBJECTION) == mend(told, article()).made.text
    found = mend(told, article().replace(HISTORY, retold))
    assert () == found.made.splices
    assert [Why.RETOLD] == [left.why for left in found.left]


def test_a_headline_of_the_copys_own_is_left_alone() -> None:
    """The article's is exchanged where the copy has it to the word."""
    old, new = "Harrowmouth lets its harbour crane", "Harbour crane goes to a brewery for a song"
    told = story(article(), article(headline=new))

    assert article(headline=new) == mend(told, article()).made.text
    assert () == mend(told, article(headline="Our crane!")).made.splices
    assert old in article()


def test_a_copy_of_a_withdrawn_article_is_not_patched() -> None:
    """Whatever else it misses."""
    first, second = revision(article()), revision(RENT, 1)
    found = mend(of(first, second, withdrawn(revision(text("This article was retracted."), 2))), article())

    assert () == found.made.splices
    assert {Why.WITHDRAWN} == {left.why for left in found.left}


def test_a_passage_that_moved_is_not_moved() -> None:
    """The copy's order is its own."""
    told = story(article(), text(LEAD, HISTORY, WITNESS, PLANS, OBJECTION))

    assert () == mend(told, article()).made.splices


def test_chinese_is_patched_by_characters() -> None:
    """Without a blank that the script does not know."""
    lines = (
        "临江市议会以每年四万二千元把旧港吊机租给一家啤酒厂。",
        "工程师王敏说，自春季洪水以来，这台吊机没有吊过任何东西。",
        "啤酒厂打算在吊臂下开一间品酒室，经理对记者说。",
    )
    old = text(*lines, headline="旧港吊机出租")
    new = old.replace("四万二千元", "二万四千元")

    assert new == mend(story(old, new, language="zh"), old).made.text


def test_arabic_is_patched_by_words() -> None:
    """Digits of either kind are the same figure, and the copy's kind is kept."""
    lines = (
        "أجّر مجلس بلدة هاروماوث رافعة الميناء القديمة لمصنع مقابل 42 ألف جنيه في السنة.",
        "وقالت المهندسة إن الرافعة لم ترفع شيئاً منذ فيضان الربيع الماضي في البلدة.",
        "ويريد المصنع أن يفتح قاعة تحت الذراع قبل مهرجان السمك، كما قال مديره للصحفيين.",
    )
    old = text(*lines, headline="البلدة تؤجر رافعة الميناء")
    copy = old.replace("42", "٤٢")
    made = mend(story(old, old.replace("42", "24"), language="ar"), copy).made

    assert copy.replace("٤٢", "٢٤") == made.text


CHANGES = st.dictionaries(
    st.sampled_from(["42,000", "spring flood", "herring fair", "1911", "310", "an engineer", "Chandler Street"]),
    st.sampled_from(["24,000", "autumn gale", "1912", "the former engineer", "Weaver Street", "", "about 400"]),
    max_size=4,
)
COPIES = st.lists(
    st.sampled_from([LEAD, WITNESS, PLANS, HISTORY, OBJECTION, ADDED]), min_size=2, max_size=7, unique=True
)


@settings(max_examples=40)
@given(CHANGES, st.booleans(), COPIES)
def test_to_patch_twice_is_to_patch_once(changes: dict[str, str], added: bool, copy: list[str]) -> None:  # noqa: FBT001
    """And nothing but the splices is changed, and nothing stands worse than before."""
    told = story(article(), article(changes, *([ADDED] if added else [])))
    found = mend(told, text(*copy))

    assert () == mend(told, found.made.text).made.splices
    assert found.made.text == Spliced.of(text(*copy), found.made.splices).text
    wrong = [
        sum(e.state in {State.MISSING, State.PARTIAL} for s in c.standings for e in s.edits)
        for c in (found.before, found.after)
    ]
    assert wrong[1] <= wrong[0]


SPLICES = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 4), st.text("xy", max_size=3)), max_size=6)


@given(st.text("abc", min_size=12, max_size=12), SPLICES)
def test_splices_one_after_the_other_are_splices_of_the_first_text(
    original: str, steps: list[tuple[int, int, str]]
) -> None:
    """However they touch: those that are kept make of the first text what all of them made of it in turn."""
    made = Spliced(original)
    for at, size, words in steps:
        start = min(at, len(made.text))
        made = made.put([Splice((start, min(start + size, len(made.text))), words)])

    text_now = original
    for splice in reversed(made.splices):
        text_now = text_now[: splice.span[0]] + splice.text + text_now[splice.span[1] :]
    assert made.text == text_now
    assert all(a.span[1] < b.span[0] for a, b in zip(made.splices, made.splices[1:], strict=False))
