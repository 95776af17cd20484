"""Standings: what a copy shows of each update, and nobody accused without proof."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from engine.generated import awkward, revisions
from engine.texts import (
    ADDED,
    DAY_ONE,
    ELSEWHERE,
    HISTORY,
    LEAD,
    OBJECTION,
    PARAGRAPHS,
    PLANS,
    WITNESS,
    article,
    of,
    revision,
    story,
    text,
    withdrawn,
)
from hypothesis import example, given, settings
from hypothesis import strategies as st

from provenance.engine.standings import fold, judge
from provenance.model import By, CopyState, Derivation, Kind, Metadata, Revision, State, Status

RENT = {"42,000": "24,000"}
RENT_NOTE = (
    "Correction: An earlier version of this article misstated the rent. It is 24,000 pounds a year, not 42,000 pounds."
)
CORRECTED = story(article(), article(RENT, RENT_NOTE))


def test_a_copy_with_the_old_figure_misses_the_correction() -> None:
    """The copy's own words are the evidence: their span, their line, and what should stand there."""
    copy = article()

    [edit] = CORRECTED.evidence(copy)

    assert (State.MISSING, By.TEXT, "24,000") == (edit.state, edit.by, edit.wanted)
    assert edit.span is not None
    assert LEAD == edit.quote == copy[slice(*edit.span)]
    assert edit.line == 3
    assert edit.confidence >= 0.85
    assert edit.because
    assert CopyState.BEHIND is CORRECTED.copy(copy).state


def test_a_copy_with_the_new_figure_and_the_note_is_current() -> None:
    """Who took over the corrected text with its note carries the correction and dropped nothing."""
    [standing] = CORRECTED.standings(article(RENT, RENT_NOTE))

    assert (State.CARRIED, False) == (standing.state, standing.notice_dropped)
    assert CopyState.CURRENT is CORRECTED.copy(article(RENT, RENT_NOTE)).state


def test_a_mended_copy_without_the_note_dropped_it() -> None:
    """A body put right carries the correction, and is said to have dropped the publisher's note."""
    [standing] = CORRECTED.standings(article(RENT))

    assert (State.CARRIED, True) == (standing.state, standing.notice_dropped)


def test_nobody_drops_the_notice_of_a_silent_update() -> None:
    """Where the publisher told nobody, a copy has nothing to drop."""
    [standing] = story(article(), article(RENT)).standings(article(RENT))

    assert (State.CARRIED, False) == (standing.state, standing.notice_dropped)


def test_the_copy_s_own_note_over_an_uncorrected_body_is_partial() -> None:
    """A note that tells of the correction does not mend the sentence above it."""
    [standing] = CORRECTED.standings(article({}, RENT_NOTE))

    assert State.PARTIAL is standing.state
    assert [By.NOTICE] == [edit.by for edit in standing.edits]
    assert CopyState.BEHIND is CORRECTED.copy(article({}, RENT_NOTE)).state


@pytest.mark.parametrize(
    "aside",
    [
        "EDIT 22:50 rent is 24,000 pounds, people",
        "**it is 24,000, you clowns, and not 42,000**",
        "P.S. a reader points out that the paper has since made it 24,000 pounds.",
        "Nachtrag: es sind 24,000 pounds.",
    ],
)
def test_a_copier_s_remark_over_an_uncorrected_body_is_partial(aside: str) -> None:
    """Whoever passed the text on says below it what is right: its readers are told, though the body is wrong."""
    [standing] = CORRECTED.standings(article() + f"\n{aside}\n")

    assert (State.PARTIAL, By.NOTICE) == (standing.state, standing.edits[0].by)


def test_a_figure_in_a_paragraph_of_the_copier_s_own_tells_of_nothing() -> None:
    """The new figure alone, with no word of a correction and no word of the old one, may stand for anything."""
    [standing] = CORRECTED.standings(article() + "\nMy own flat was sold for 24,000 pounds back then.\n")

    assert State.MISSING is standing.state


def test_an_addition_told_in_the_copy_s_note_is_carried() -> None:
    """A reader of the note knows what was added, wherever it stands."""
    note = (
        "Update: The Lantern Trust, which looks after listed machines, has since said that it had not been asked and "
        "would appeal to the county archaeologist."
    )

    [edit] = story(article(), article({}, ADDED)).evidence(article({}, note))

    assert State.CARRIED is edit.state


@pytest.mark.parametrize(
    "told",
    [
        {"42,000 pounds": "twenty-four thousand pounds"},
        {"42,000 pounds": "£24,000"},
        {"42,000 pounds a year": "24,000 pounds annually"},
        {"let the old harbour crane to a brewery for 42,000 pounds": "rented the crane to a brewery for 24,000 pounds"},
    ],
)
def test_the_new_figure_in_other_words_is_carried(told: dict[str, str]) -> None:
    """Figures are compared as values, whatever the notation and the words around them."""
    assert [State.CARRIED] == CORRECTED.states(article(told))


@pytest.mark.parametrize(
    "told",
    [
        {"42,000 pounds": "forty-two thousand pounds"},
        {"42,000 pounds": "£42,000"},
        {"The town council of Harrowmouth has let": "Harrowmouth's council let"},
    ],
)
def test_the_old_figure_in_other_words_is_missing(told: dict[str, str]) -> None:
    """An uncorrected figure is found in another notation and in a sentence told anew."""
    assert [State.MISSING] == CORRECTED.states(article(told))


@pytest.mark.parametrize(
    "sentence",
    [
        "The council let the crane to a brewery for 24,000 pounds a year, and 42,000 visitors came last summer.",
        "The town council of Harrowmouth, a town of 42,000, has let the old harbour crane to a brewery.",
        "Harrowmouth has 42,000 inhabitants.",
        "The harbour museum counted 42,000 visitors.",
        "The brewery sells 42,000 bottles a year.",
        "The archive keeps 42,000 drawings of cranes.",
    ],
)
def test_an_old_figure_that_stands_for_another_fact_accuses_nobody(sentence: str) -> None:
    """The same number counts something else in the copy: it is not the figure that was corrected."""
    assert CORRECTED.states(text(sentence, *PARAGRAPHS[1:]))[0] in {State.CARRIED, State.NOT_APPLICABLE}


@pytest.mark.parametrize(
    "copy",
    [
        text(WITNESS, PLANS),
        article({" for 42,000 pounds a year": ""}),
        article({"42,000 pounds": "a sum that nobody would name"}),
        text(*ELSEWHERE),
    ],
)
def test_a_copy_without_the_passage_is_not_concerned(copy: str) -> None:
    """What a copy left out cannot be out of date in it."""
    assert [State.NOT_APPLICABLE] == CORRECTED.states(copy)
    assert CopyState.CURRENT is CORRECTED.copy(copy).state


FORMER = story(article(), article({"Edda Marsh, an engineer": "Edda Marsh, a former engineer"}))


def test_a_copy_that_names_the_office_without_the_qualifier_misses_it() -> None:
    """A former engineer who is still an engineer in the copy is out of date there."""
    assert [State.MISSING] == FORMER.states(article())
    assert [State.MISSING] == FORMER.states(text("Edda Marsh, an engineer at the Port Office, called the crane idle."))


@pytest.mark.parametrize("qualified", ["a former engineer", "a retired engineer", "a onetime engineer"])
def test_a_qualifier_is_carried_by_any_word_for_it(qualified: str) -> None:
    """Former, retired and onetime say the same of who held an office."""
    assert [State.CARRIED] == FORMER.states(article({"an engineer": qualified}))


@pytest.mark.parametrize("qualified", ["an ex-engineer", "an elderly former engineer"])
def test_a_qualifier_is_carried_wherever_it_stands_before_its_noun(qualified: str) -> None:
    """The article before the noun is the old one by chance; the qualifier is there."""
    assert [State.CARRIED] == FORMER.states(article({"an engineer": qualified}))


def test_a_qualifier_with_a_number_word_in_it_is_a_qualifier() -> None:
    """A one-time engineer is a former one."""
    assert [State.CARRIED] == FORMER.states(article({"an engineer": "a one-time engineer"}))


@pytest.mark.parametrize(
    "copy",
    [
        text("The former mayor of Harrowmouth welcomed the plan.", LEAD),
        text("A former shipyard stands beside it.", LEAD, HISTORY),
    ],
)
def test_a_qualifier_that_stands_for_another_reason_decides_nothing(copy: str) -> None:
    """That somebody else is former says nothing of the one who was clarified to be."""
    assert [State.NOT_APPLICABLE] == FORMER.states(copy)


def test_a_qualifier_of_somebody_else_does_not_carry_it() -> None:
    """The copy calls the brewery former, and the engineer still an engineer."""
    assert [State.MISSING] == FORMER.states(article({"to a brewery": "to a former brewery"}))


def test_a_negation_that_was_dropped_is_held_against_the_old_words() -> None:
    """No load and a load are two facts, though one word of function changed."""
    mended = {"carried no load": "carried one load"}
    told = story(article(), article(mended))

    assert [State.MISSING] == told.states(article())
    assert [State.CARRIED] == told.states(article(mended))


def test_a_name_is_carried_in_part() -> None:
    """A corrected name counts where the copy has the surname alone, and nothing where it names nobody."""
    named = story(article(), article({"Edda Marsh": "Greta Lindholm"}))

    assert [State.MISSING] == named.states(article())
    assert [State.CARRIED] == named.states(article({"Edda Marsh, an engineer": "Lindholm, an engineer"}))
    assert [State.NOT_APPLICABLE] == named.states(article({"Edda Marsh, an engineer": "An engineer"}))


def test_one_mended_figure_of_two_in_one_update_is_partial() -> None:
    """Some edits carried and some missing make an update partial, and a copy that is behind."""
    both = story(article(), article({"42,000": "24,000", "a brewery for": "a cider press for"}))

    assert [State.PARTIAL] == both.states(article(RENT))
    assert CopyState.BEHIND is both.copy(article(RENT)).state


# --- several updates


def test_what_a_later_revision_changed_again_is_superseded() -> None:
    """Only the last state of a passage counts, whichever of the earlier ones a copy has."""
    twice = story(article(), article(RENT), article({"42,000": "26,500"}))

    assert [State.SUPERSEDED, State.MISSING] == twice.states(article())
    assert [State.SUPERSEDED, State.MISSING] == twice.states(article(RENT))
    assert [State.SUPERSEDED, State.CARRIED] == twice.states(article({"42,000": "26,500"}))


def test_a_copy_of_the_first_state_is_right_again_once_the_change_is_taken_back() -> None:
    """A correction that was itself wrong leaves those behind who took it over."""
    back = story(article(), article(RENT), article())

    assert [State.SUPERSEDED, State.CARRIED] == back.states(article())
    assert [State.SUPERSEDED, State.MISSING] == back.states(article(RENT))
    assert CopyState.CURRENT is back.copy(article()).state


def test_a_passage_put_in_and_taken_out_again_is_missed_by_nobody() -> None:
    """Who never had the passage is right; who still has it missed its removal."""
    gone = story(article(), article({}, ADDED), article())

    assert State.MISSING not in gone.states(article())
    assert State.MISSING in gone.states(article({}, ADDED))


def test_a_copy_last_observed_before_the_update_has_not_been_shown_to_miss_it() -> None:
    """What nobody has seen since is unseen; a copy seen at an unknown time is judged as it is."""
    before = DAY_ONE + timedelta(hours=2)

    assert [State.UNSEEN] == CORRECTED.states(article(), observed_at=before)
    assert CopyState.UNSEEN is CORRECTED.copy(article(), observed_at=before).state
    assert [State.MISSING] == CORRECTED.states(article(), observed_at=None)


def test_a_copy_that_had_it_before_anyone_was_told_carries_it() -> None:
    """Who mended the text before the publisher did is right, whenever the copy was seen."""
    assert [State.CARRIED] == CORRECTED.states(article(RENT), observed_at=DAY_ONE)


def test_a_refile_makes_nobody_behind() -> None:
    """A mended typo and a moved paragraph are shown, and held against no copy."""
    mended = story(article({"reporters": "reportres"}), article())
    moved = story(article(), text(LEAD, HISTORY, WITNESS, PLANS, OBJECTION))

    assert {Kind.REFILE} == {update.kind for update in (*mended.updates, *moved.updates)}
    assert CopyState.CURRENT is mended.copy(article({"reporters": "reportres"})).state
    assert CopyState.CURRENT is moved.copy(article()).state


def test_a_withdrawn_copy_is_withdrawn() -> None:
    """Whatever a withdrawn copy still says, nobody is asked to mend it."""
    copy = withdrawn(revision(article(), url="https://mirror.example/crane"))

    judged = judge(CORRECTED.revisions, CORRECTED.updates, copy, None, declared=True)

    assert judged is not None
    assert CopyState.WITHDRAWN is judged.state


# --- retractions

NOTHING_LEFT = text("This article has been retracted. It must not be used.")


def test_a_copy_of_a_retracted_article_is_behind() -> None:
    """Where only a notice is left of the article, a copy that still has the story misses the retraction."""
    retracted = story(article(), NOTHING_LEFT)

    assert Kind.RETRACTION in {update.kind for update in retracted.updates}
    assert CopyState.BEHIND is retracted.copy(article()).state
    assert CopyState.CURRENT is retracted.copy(NOTHING_LEFT).state


def test_a_copy_of_an_article_whose_status_was_withdrawn_is_behind() -> None:
    """The publisher withdrew the article without another word; a copy still shows it whole."""
    retracted = of(revision(article()), withdrawn(revision(article(), 1)))

    assert [State.MISSING] == retracted.states(article())


# --- whole


def test_a_copy_says_how_much_it_has_and_of_which_revision() -> None:
    """Coverage, derivation and made-from are read off the text."""
    whole, part = CORRECTED.copy(article()), CORRECTED.copy(text(PLANS, HISTORY))

    assert (Derivation.REPUBLISHED, 0, (0, 0)) == (whole.derivation, whole.made_from, whole.made_from_range)
    assert (Derivation.EXCERPTED, (0, 1)) == (part.derivation, part.made_from_range)
    assert 0 <= part.coverage < whole.coverage <= 1


def test_a_text_about_something_else_is_no_copy_unless_it_says_so() -> None:
    """What prov finds must be a copy; what a publisher declares is judged as declared."""
    assert CORRECTED.judge(text(*ELSEWHERE), declared=False) is None
    found = CORRECTED.judge(article(), declared=False)

    assert found is not None
    assert not found.declared
    assert CORRECTED.copy(text(*ELSEWHERE)).declared


@pytest.mark.parametrize(
    ("states", "whole"),
    [
        ("", "not_applicable"),
        ("carried", "carried"),
        ("missing", "missing"),
        ("carried missing", "partial"),
        ("carried not_applicable", "carried"),
        ("missing not_applicable superseded", "missing"),
        ("missing diverged", "missing"),
        ("diverged not_applicable", "diverged"),
        ("superseded", "superseded"),
        ("superseded superseded", "superseded"),
        ("superseded not_applicable", "not_applicable"),
        ("partial carried", "partial"),
    ],
)
def test_an_update_stands_as_its_edits_do(states: str, whole: str) -> None:
    """Some carried and some missing is partial; what does not apply, or was overtaken, weighs nothing."""
    assert State(whole) is fold([State(state) for state in states.split()])


# --- other languages

LANGUAGES = {
    "japanese": (
        "港の起重機を貸し出し",
        "夕凪市議会は古い港の起重機を年42万円でビール会社に貸すことを決めた。",
        "港湾事務所の技師、森川恵さんは「春の出水以来、起重機は何も運んでいない」と話した。",
        "起重機は1911年に船大工が鋼で組み立て、蒸気船のボイラーを積むのに使われた。",
        ("42万円", "24万円"),
        ("技師、森川", "元技師、森川"),
        "機械遺産財団は金曜日、事前に何も聞かされていないとして県に異議を申し立てると発表した。",
    ),
    "chinese": (
        "港口起重机出租",
        "海宁湾市议会以每年42万元的价格把旧起重机租给一家啤酒厂。",
        "港务局工程师林小雨说，自春汛以来这台起重机没有吊过任何货物。",
        "造船工人在1911年用钢材建成这台起重机，用来把锅炉吊上沿海轮船。",
        ("42万", "24万"),
        ("工程师林", "前工程师林"),
        "机械遗产基金会星期五表示，没有人征求过他们的意见，他们将向省文物局提出申诉。",
    ),
    "arabic": (
        "تأجير رافعة الميناء القديمة",
        "أجّر مجلس بلدية مرسى النور رافعة الميناء القديمة لشركة مشروبات مقابل 42,000 دينار في السنة.",
        "وقالت المهندسة سلمى القاضي من مكتب الميناء إن الرافعة لم ترفع أي حمولة منذ فيضان الربيع.",
        "وبنى عمال السفن الرافعة من الفولاذ عام 1911 لتحميل المراجل على البواخر الساحلية.",
        ("42,000", "24,000"),
        ("المهندسة سلمى", "المهندسة السابقة سلمى"),
        "وقالت مؤسسة التراث الصناعي يوم الجمعة إن أحدا لم يستشرها وإنها ستطعن في القرار أمام خبير الآثار.",
    ),
    "hebrew": (
        "עגורן הנמל הושכר",
        "מועצת העיר נמל־יהב השכירה את עגורן הנמל הישן למבשלת בירה תמורת 42,000 שקל בשנה.",
        "המהנדסת עדה ברק ממשרד הנמל אמרה כי העגורן לא הרים דבר מאז שיטפון האביב.",
        "בוני ספינות הקימו את העגורן מפלדה בשנת 1911 כדי להעמיס דוודים על אוניות קיטור.",
        ("42,000", "24,000"),
        ("המהנדסת עדה", "המהנדסת לשעבר עדה"),
        "קרן המורשת התעשייתית הודיעה ביום שישי כי לא נשאלה וכי תערער בפני הממונה על העתיקות.",
    ),
    "german": (
        "Hafenkran wird verpachtet",
        "Der Stadtrat von Harrmünde hat den alten Hafenkran für 42.000 Euro im Jahr an eine Brauerei verpachtet.",
        "Die Ingenieurin Edda Marsch vom Hafenamt sagte, der Kran habe seit der Frühjahrsflut nichts mehr gehoben.",
        "Schiffbauer errichteten den Kran 1911 aus genietetem Stahl, um Kessel auf Küstendampfer zu heben.",
        ("42.000", "24.000"),
        ("Die Ingenieurin", "Die frühere Ingenieurin"),
        "Die Laternenstiftung teilte am Freitag mit, sie sei nicht gefragt worden und werde Einspruch erheben.",
    ),
    "hindi": (
        "बंदरगाह की क्रेन किराए पर",
        "हर्षनगर की नगर परिषद ने बंदरगाह की पुरानी क्रेन 42,000 रुपये सालाना पर एक शराब कंपनी को किराए पर दी है।",
        "बंदरगाह कार्यालय की इंजीनियर ईशा मेहता ने कहा कि वसंत की बाढ़ के बाद से क्रेन ने कुछ नहीं उठाया।",
        "जहाज़ बनाने वालों ने 1911 में इस क्रेन को स्टील से बनाया था।",
        ("42,000", "24,000"),
        ("इंजीनियर ईशा", "पूर्व इंजीनियर ईशा"),
        "मशीन विरासत न्यास ने शुक्रवार को कहा कि उससे पूछा नहीं गया और वह अपील करेगा।",
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_figure_and_a_qualifier_are_judged_in_any_script(language: str) -> None:
    """The old words miss it, the new ones carry it, and who left the passage out is not concerned."""
    headline, lead, witness, history, figure, qualifier, _ = LANGUAGES[language]
    before = text(lead, witness, history, headline=headline)

    for (old, new), passage in ((figure, lead), (qualifier, witness)):
        changed = story(before, before.replace(old, new))
        assert [State.MISSING] == changed.states(before)
        assert [State.MISSING] == changed.states(text(passage))
        assert [State.CARRIED] == changed.states(before.replace(old, new))
        assert [State.NOT_APPLICABLE] == changed.states(text(history))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_addition_is_judged_in_any_script(language: str) -> None:
    """A copy with the paragraph beside it lacks what was added; one that has it carries it."""
    headline, lead, witness, history, *_, added = LANGUAGES[language]
    longer = story(*(text(lead, witness, history, *more, headline=headline) for more in ((), (added,))))

    assert [State.MISSING] == longer.states(text(lead, witness, history, headline=headline))
    assert [State.CARRIED] == longer.states(text(lead, witness, history, added, headline=headline))
    assert [State.CARRIED] == longer.states(text(added))


# --- bad input

LETTERS = random.Random(7)
NOISE = "".join(LETTERS.choice("abcdefghij klmnop qrstuv wxyz") for _ in range(20_000))
LOOKALIKES = str.maketrans("aeopcx", "аеорсх")


@pytest.mark.parametrize(
    "copy",
    [
        pytest.param("", id="empty"),
        pytest.param("\n", id="a line end"),
        pytest.param("?! — … “”\n", id="signs"),
        pytest.param("👷🏽\u200d♀️ " * 200, id="emoji"),
        pytest.param(text("crane " * 5_000), id="one word repeated"),
        pytest.param(text("42,000 " * 2_000), id="the old figure repeated"),
        pytest.param(text(NOISE), id="random letters"),
        pytest.param(text("市議会は古い港の起重機を貸すことを決めた。" * 100), id="another script"),
        pytest.param(text(*(f"Line {n}." for n in range(10_000))), id="ten thousand lines", marks=pytest.mark.slow),
        pytest.param(text(*["The crane is let."] * 2_000), id="one line repeated"),
        pytest.param(article(RENT, ADDED).translate(LOOKALIKES), id="look-alikes over the mended text"),
        pytest.param("\u200b".join(article(RENT, ADDED)), id="zero widths in the mended text"),
    ],
)
def test_what_makes_no_sense_is_accused_of_nothing(copy: str) -> None:
    """A copy that cannot be read as the article misses nothing, declared or not."""
    changed = story(article(), article(RENT, ADDED))

    assert State.MISSING not in changed.states(copy)
    undeclared = changed.judge(copy, declared=False)
    assert undeclared is None or CopyState.BEHIND is not undeclared.state


def test_zero_widths_that_were_cleaned_away_hide_nothing() -> None:
    """In a canonical text nothing invisible is left, so that who put zero widths in is judged as anybody else."""
    hidden = text(*("\u200b".join(paragraph) for paragraph in PARAGRAPHS))

    assert [State.MISSING] == CORRECTED.states(hidden)


DOUBLED = ["Crane let\n\nIt stands.\n", "Crane let\n\nIt stands.\n\nIt stands.\n", "Crane let\n\nIt stands.\n"]


@given(revisions(4), st.booleans())
@example(["", "A", "", ""], True)  # noqa: FBT003
@settings(max_examples=30)
def test_any_three_revisions_and_a_copy_are_judged(texts: list[str], declared: bool) -> None:  # noqa: FBT001
    """Judging never fails, its evidence stands in the copy, and the same input gives the same answer."""
    *past, copy = texts
    told = story(*past)

    found = told.judge(copy, declared=declared)

    assert found == story(*past).judge(copy, declared=declared)
    for standing in found.standings if found else ():
        assert 0 <= standing.confidence <= 1
        for edit in standing.edits:
            assert edit.quote == (copy[slice(*edit.span)] if edit.span else "")
            assert (edit.line is None) is (edit.span is None)


@given(awkward, awkward, awkward)
@example("", "A", "")
@settings(max_examples=30)
def test_texts_that_are_no_articles_are_judged_too(before: str, after: str, copy: str) -> None:
    """Texts of any characters at all bring no failure, and every update has its standing."""
    told = story(before, after)

    assert [update.id for update in told.updates] == [s.update for s in told.copy(copy).standings]


@given(revisions(3))
@example(DOUBLED)
@settings(max_examples=30)
def test_the_last_revision_itself_misses_nothing(texts: list[str]) -> None:
    """A copy equal to the article as it now stands is behind in nothing."""
    assert State.MISSING not in story(*texts).states(texts[-1])


@pytest.mark.parametrize(
    "texts",
    [
        (article(), article({}, WITNESS), article()),
        (
            article(),
            article({"310": "130", "late opening hours": "late opening hours and late opening hours"}),
            article({"310": "130"}),
        ),
        (
            text(LEAD, WITNESS, PLANS, HISTORY),
            text(LEAD, PLANS, HISTORY, WITNESS.replace("no load", "one load")),
            text(LEAD, PLANS, HISTORY, WITNESS),
        ),
    ],
    ids=["a paragraph doubled by mistake", "words doubled by mistake", "moved with a slip that was mended"],
)
def test_a_copy_of_the_article_as_it_stands_is_behind_in_nothing(texts: tuple[str, ...]) -> None:
    """Whatever happened on the way, what stands in the article today is out of date in no copy."""
    assert CopyState.CURRENT is story(*texts).copy(texts[-1]).state


MENDED = {
    "42,000": "24,000",
    "an engineer": "a former engineer",
    "carried no load": "carried one load",
    "Edda Marsh": "Greta Lindholm",
    "1911": "1921",
    "310": "130",
    "to a brewery": "to a cider press from Saltby",
    "its manager": "Odile Renn",
}
"""Changes of which none undoes another."""


@given(st.permutations(list(MENDED)), st.lists(st.integers(1, 3), min_size=2, max_size=3), st.booleans(), st.data())
@settings(max_examples=30)
def test_a_copy_of_one_revision_carries_what_came_before_and_misses_the_rest(
    order: list[str],
    steps: list[int],
    longer: bool,  # noqa: FBT001
    data: st.DataObject,
) -> None:
    """A whole copy of the nth revision has every update up to it and none after it, and is made from it."""
    ends = [sum(steps[:n]) for n in range(len(steps) + 1)]
    texts = [article({old: MENDED[old] for old in order[:end]}, *[ADDED] * (longer and end > 2)) for end in ends]
    n = data.draw(st.integers(0, len(steps)))
    told = story(*texts)

    found = told.copy(texts[n])

    assert (n, (n, n)) == (found.made_from, found.made_from_range)
    for update, standing in zip(told.updates, found.standings, strict=True):
        assert standing.state in {State.CARRIED if update.revision <= n else State.MISSING, State.SUPERSEDED}


def test_a_status_of_the_upstream_alone_withdraws_no_copy() -> None:
    """Only the copy's own publisher withdraws the copy."""
    usable = Revision(Metadata(url="https://mirror.example/crane", status=Status.USABLE), 0, text=article())
    retracted = of(revision(article()), withdrawn(revision(NOTHING_LEFT, 1)))

    judged = judge(retracted.revisions, retracted.updates, replace(usable), None, declared=True)

    assert judged is not None
    assert CopyState.WITHDRAWN is not judged.state


def test_a_typo_mended_in_a_correction_does_not_supersede_it() -> None:
    """A correction whose spelling is mended later still counts, for a copy of the first wording."""
    told = story(article(), article({"Edda Marsh": "odile Rennick"}), article({"Edda Marsh": "Odile Rennick"}))

    assert State.MISSING is told.standings(article())[0].state


def test_what_words_a_sentence_anew_goes_with_the_fact_that_was_changed_again() -> None:
    """Words put beside a figure are no update to miss any more once the figure was changed again."""
    told = story(
        article({"carried no load": "carried the last load"}),
        article({"carried no load": "carried one of three loads known"}),
        article({"carried no load": "carried one of two loads known"}),
    )
    copy = article({"carried no load": "carried the last load"})

    first = [u.id for u in told.updates if u.revision == 1]
    assert {State.SUPERSEDED} == {s.state for s in told.standings(copy) if s.update in first}


def test_a_sentence_put_into_a_paragraph_that_a_copy_lacks_is_not_missed() -> None:
    """Who left a paragraph out misses nothing that was said in it later."""
    more = "The jib was repainted in green last year."
    told = story(article(), article({HISTORY: f"{HISTORY} {more}"}))
    copy = text(LEAD, WITNESS, PLANS)

    assert [State.NOT_APPLICABLE] == told.states(copy)


def test_a_copier_s_remark_on_what_was_taken_out_is_partial_while_it_still_stands() -> None:
    """A remark that takes back what the body still says tells of a removal by its name."""
    told = story(article(), article({" and loud music": ""}))
    remark = "[Updated 9 March: the Courier says that the bit about loud music was wrong.]"

    [standing] = told.standings(article() + f"\n{remark}\n")

    assert (State.PARTIAL, By.NOTICE) == (standing.state, standing.edits[0].by)
