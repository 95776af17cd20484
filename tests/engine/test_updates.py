"""Updates: the edits of one revision that belong together, of one kind, declared or silent."""

from __future__ import annotations

from dataclasses import replace

import pytest
from engine.generated import awkward, revisions
from engine.texts import (
    ADDED,
    LEAD,
    PARAGRAPHS,
    PLANS,
    WITNESS,
    article,
    noted,
    of,
    revision,
    story,
    text,
    withdrawn,
)
from hypothesis import given, settings

from provenance.engine import delta
from provenance.engine.updates import revise, standing
from provenance.model import KIND_OF, Aspect, Kind, Op, Update

RENT = {"42,000": "24,000"}
RENT_NOTE = (
    "Correction: An earlier version of this article misstated the rent. It is 24,000 pounds a year, not 42,000 pounds."
)
FORMER = {"Edda Marsh, an engineer": "Edda Marsh, a former engineer"}
FORMER_NOTE = (
    "This article was amended on 5 March 2025 to clarify that Edda Marsh is a former engineer at the Port Office."
)
ADDED_NOTE = "This article has been updated to add a statement by the Lantern Trust."


def one(before: str, after: str) -> Update:
    """Give the one update between two texts."""
    [update] = story(before, after).updates
    return update


def kinds(before: str, after: str) -> list[Kind]:
    """Give the kinds of the updates between two texts, in their order."""
    return [update.kind for update in story(before, after).updates]


# --- declared


@pytest.mark.parametrize(
    ("after", "kind"),
    [
        (article(RENT, RENT_NOTE), Kind.CORRECTION),
        (article(FORMER, FORMER_NOTE), Kind.CLARIFICATION),
        (article({}, ADDED, ADDED_NOTE), Kind.DEVELOPMENT),
    ],
)
def test_a_notice_gives_its_update_its_kind(after: str, kind: Kind) -> None:
    """What the publisher says was corrected, clarified or added is just that, and keeps the notice's words."""
    update = one(article(), after)

    assert (kind, True) == (update.kind, update.declared)
    assert update.notice
    assert update.notice in after
    assert update.because


def test_a_notice_that_came_as_metadata_counts_as_one_in_the_text() -> None:
    """A correction declared beside the text discloses the edit as one that stands in it does."""
    [update] = of(revision(article()), noted(revision(article(RENT), 1), RENT_NOTE)).updates

    assert (Kind.CORRECTION, True, RENT_NOTE) == (update.kind, update.declared, update.notice)


def test_the_same_notice_in_the_text_and_beside_it_is_one() -> None:
    """A note that a page shows and declares is not told twice."""
    [notice] = standing(noted(revision(article(RENT, RENT_NOTE)), RENT_NOTE))

    assert notice.span is not None


def test_a_notice_is_no_update_of_its_own() -> None:
    """A note put under an unchanged text changes nothing that a copy could miss, nor does its change or removal."""
    assert [] == kinds(article(), article({}, RENT_NOTE))
    assert [] == kinds(article({}, RENT_NOTE), article())


def test_what_a_notice_does_not_tell_of_stays_silent() -> None:
    """The rent was corrected with a note; the number of signatures changed along with it, without a word."""
    declared = {
        u.edits[0].after: u.declared for u in story(article(), article(RENT | {"310": "130"}, RENT_NOTE)).updates
    }

    assert {"24,000": True, "130": False} == declared


def test_an_old_notice_discloses_nothing_new() -> None:
    """A note that stood there before tells of an earlier change, not of this one."""
    noted_before = revision(article(RENT, RENT_NOTE))

    [update] = revise(noted_before, revision(article({"42,000": "26,500"}, RENT_NOTE), 1)).updates

    assert not update.declared


def test_one_qualifier_at_many_places_is_one_update() -> None:
    """A clarification that touches a person wherever named is one update, not as many as there are places."""
    again = "Nobody else at the Port Office wanted to talk, but the engineer did so gladly."
    before = article({}, again)
    after = article(FORMER, again.replace("the engineer", "the former engineer"), FORMER_NOTE)

    update = one(before, after)

    assert (Kind.CLARIFICATION, 2) == (update.kind, len(update.edits))


def test_two_claims_of_one_note_are_two_updates() -> None:
    """A note that clarifies and adds tells of two things, and a copy may carry one of them."""
    note = (
        "This article was amended to clarify that Edda Marsh is a former engineer at the Port Office and to add a "
        "statement by the Lantern Trust."
    )

    updates = story(article(), article(FORMER, ADDED, note)).updates

    assert {Kind.CLARIFICATION: True, Kind.DEVELOPMENT: True} == {u.kind: u.declared for u in updates}


def test_two_paragraphs_added_side_by_side_are_one_update() -> None:
    """The second paragraph of an added statement belongs to the first."""
    update = one(article(), article({}, ADDED, "Its chair called the lease a gift to brewers.", ADDED_NOTE))

    assert (Kind.DEVELOPMENT, True, 2) == (update.kind, update.declared, len(update.edits))


# --- silent


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (article(), article(RENT), Kind.CORRECTION),
        (article(), article({"Edda Marsh": "Edda Lindholm"}), Kind.CORRECTION),
        (article(), article({"carried no load": "carried one load"}), Kind.CORRECTION),
        (article(), article({}, ADDED), Kind.DEVELOPMENT),
        (article({}, ADDED), article(), Kind.DEVELOPMENT),
        (article({"signatures": "signatuers"}), article(), Kind.REFILE),
        (article(), article({"told reporters": "told journalists"}), Kind.REFILE),
        (article(), article({"under the jib": "“under the jib”"}), Kind.REFILE),
        (article(), text(PLANS, LEAD, WITNESS, *PARAGRAPHS[3:]), Kind.REFILE),
    ],
)
def test_the_kind_of_a_silent_update_is_read_off_what_it_touches(before: str, after: str, kind: Kind) -> None:
    """A changed fact is a correction, a passage that came or went a development, anything less a refile."""
    update = one(before, after)

    assert (kind, False, "") == (update.kind, update.declared, update.notice)
    assert update.because


def test_a_changed_fact_is_never_a_refile() -> None:
    """Number, name, negation and the words of a quotation are facts, however small the edit."""
    quoted = "“We shall open before the fair,” the manager said at noon."
    before = article({}, quoted)

    for old, new in (("310", "311"), ("Marsh", "March"), ("had not", "had"), ("shall open", "might open")):
        changed = before.replace(old, new)
        assert changed == before or Kind.REFILE not in kinds(before, changed)


def test_all_that_only_refiles_is_one_update() -> None:
    """Three mended typos at three places are one thing to look at."""
    typos = {"signatures": "signatuers", "reporters": "reportres", "council": "cuoncil"}

    update = one(article(typos), article())

    assert (Kind.REFILE, 3) == (update.kind, len(update.edits))


def test_facts_at_two_places_are_two_updates() -> None:
    """A rent and a number of signatures have nothing to do with each other."""
    assert [Kind.CORRECTION, Kind.CORRECTION] == kinds(article(), article(RENT | {"310": "130"}))


def test_the_gravest_update_stands_first() -> None:
    """Whoever reads one line reads the one that matters."""
    found = kinds(article({"reporters": "reportres"}), article(RENT, ADDED))

    assert sorted(found, key=lambda kind: -kind.rank) == found
    assert {Kind.CORRECTION, Kind.DEVELOPMENT, Kind.REFILE} == set(found)


# --- retractions and fields


def test_a_notice_that_withdraws_the_article_is_a_retraction() -> None:
    """Over an unchanged text or in its place, a retraction is one."""
    notice = "This article has been retracted. It must not be used."

    assert Kind.RETRACTION in kinds(article(), article({}, notice))
    assert Kind.RETRACTION in kinds(article(), text(notice))


def test_a_withdrawn_status_is_a_retraction_and_its_return_a_development() -> None:
    """The status says whether the article may be used, whatever its text."""
    usable, gone = revision(article()), withdrawn(revision(article(), 1))
    back = revision(article(), 2)

    updates = of(usable, gone, back).updates

    assert [Kind.RETRACTION, Kind.DEVELOPMENT] == [update.kind for update in updates]
    assert ["status", "status"] == [update.edits[0].field for update in updates]
    assert all(edit.before_span is edit.after_span is None for update in updates for edit in update.edits)


# --- laws


@given(awkward)
@settings(max_examples=40)
def test_nothing_changed_is_no_update(whole: str) -> None:
    """A revision against itself has neither updates nor a delta."""
    changes = revise(revision(whole), revision(whole, 1))

    assert ((), None) == (changes.updates, changes.delta)


@given(revisions())
@settings(max_examples=40)
def test_a_revision_s_changes_are_whole_and_always_the_same(texts: list[str]) -> None:
    """The delta leads to the new text, every edit is in one update, and the same texts give the same answer."""
    before, after = revision(texts[0]), revision(texts[1], 1)

    changes = revise(before, after)

    assert changes == revise(before, after)
    if changes.delta:
        assert after.text == delta.apply(changes.delta, before.text)
    numbers = [edit.n for update in changes.updates for edit in update.edits]
    assert sorted(set(numbers)) == sorted(numbers)
    assert len({update.id for update in changes.updates}) == len(changes.updates)
    assert all(update.edits and update.revision == 1 for update in changes.updates)


def test_an_update_keeps_its_name_whatever_discloses_it() -> None:
    """A note found later changes the kind of an update, not what it is called: waivers and links go on."""
    silent = one(article(), article(RENT))
    declared = one(article(), article(RENT, RENT_NOTE))

    assert silent.id == declared.id


def test_a_technical_revision_is_no_update() -> None:
    """Another extractor that read other words out of the same bytes changed nothing that a copy could miss."""
    changes = revise(revision(article()), replace(revision(article(RENT), 1), technical=True))

    assert () == changes.updates
    assert changes.delta is not None


@pytest.mark.parametrize(
    ("before", "after", "note", "kind"),
    [
        (
            "起重機の賃料は年42万円だと市議会は説明した。",
            "起重機の賃料は年24万円だと市議会は説明した。",
            "訂正：当初の記事で賃料を「42万円」としましたが、正しくは「24万円」でした。",
            Kind.CORRECTION,
        ),
        (
            "Die Pacht für den alten Hafenkran beträgt 42.000 Euro im Jahr, sagte der Stadtrat.",
            "Die Pacht für den alten Hafenkran beträgt 24.000 Euro im Jahr, sagte der Stadtrat.",
            "Korrektur: In einer früheren Version hieß es, die Pacht betrage 42.000 Euro. Richtig sind 24.000 Euro.",
            Kind.CORRECTION,
        ),
        (
            "وقال المجلس إن إيجار الرافعة القديمة يبلغ 42,000 دينار في السنة.",
            "وقال المجلس إن إيجار الرافعة القديمة يبلغ 24,000 دينار في السنة.",
            "تصحيح: ورد في نسخة سابقة من هذا المقال أن الإيجار 42,000 دينار، والصحيح 24,000 دينار.",
            Kind.CORRECTION,
        ),
    ],
)
def test_a_notice_in_another_language_discloses_its_edit(before: str, after: str, note: str, kind: Kind) -> None:
    """Japanese, German and Arabic notes are found, left out of the edits, and declare what they tell of."""
    update = one(text(before, headline="港"), text(after, note, headline="港"))

    assert (kind, True, note) == (update.kind, update.declared, update.notice)
    assert [Op.REPLACE] == [edit.op for edit in update.edits]
    assert [(Aspect.NUMBER,)] == [edit.aspects for edit in update.edits]


def test_every_claim_has_a_kind() -> None:
    """Whatever a notice says was done is one of the kinds."""
    assert set(Kind) == set(KIND_OF.values())
