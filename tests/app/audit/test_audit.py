"""The audit: what is counted, what has a chapter, and in which order."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from newsroom import Newsroom

from provenance.app.audit import exhibits
from provenance.app.audit.audit import audit
from provenance.app.audit.scope import scoped
from provenance.errors import NotFoundError, StoreBusyError
from provenance.model import CopyState, Kind, Metadata, Revision, State
from provenance.model.audits import Audit, Scope, Unshown

HURT = "Three people died when the ferry went down, the harbour police said on Tuesday."


def of(newsroom: Newsroom, *named: str, since: datetime | None = None, behind: bool = False) -> Audit:
    """Audit a newsroom's store as it stands."""
    scope = scoped(newsroom.workspace, named, since=since, behind=behind)
    return audit(newsroom.workspace, scope, newsroom.now)


def test_an_empty_store_is_audited_too(newsroom: Newsroom) -> None:
    """Nothing is held: no chapter, no copy, and no error."""
    found = of(newsroom)

    assert (0, 0, ()) == (found.totals.articles, found.totals.uncorrected, found.entries)
    assert [] == list(found.chapters())


def test_the_worst_article_comes_first_and_its_worst_copy_first(newsroom: Newsroom) -> None:
    """A copy that is behind by a correction goes before what is current, and its article before all others."""
    fine = newsroom.publish("Nothing happened here.", headline="A quiet day in the harbour town")
    newsroom.syndicate(fine, site="fine")
    wire = newsroom.publish(HURT)
    late, good = newsroom.syndicate(wire, site="late"), newsroom.syndicate(wire, site="good")
    newsroom.correct(wire, "Three people", "Two people")
    out = newsroom.now
    newsroom.observe(late)
    mended = newsroom.syndicate(wire, site="after")

    found = of(newsroom)

    assert [wire, fine] == [entry.article.id for entry in found.entries]
    assert (Kind.CORRECTION, out, 1) == (found.entries[0].worst, found.entries[0].since, found.entries[0].behind)
    assert (1, 1, out) == (found.totals.uncorrected, found.totals.of, found.totals.since)
    first, second = found.chapters()
    assert [late, good, mended] == [each.copy.article for each in first.exhibits]
    assert [CopyState.BEHIND, CopyState.UNSEEN, CopyState.CURRENT] == [each.copy.state for each in first.exhibits]
    assert [fine] == [second.history.article.id]


def test_a_miss_is_told_in_the_copys_own_words(newsroom: Newsroom) -> None:
    """The exhibit has the sentence of the copy, the one that should stand there, the line, and both texts."""
    wire = newsroom.publish(HURT)
    copy = newsroom.syndicate(wire)
    newsroom.correct(wire, "Three people", "Two people")
    newsroom.observe(copy)

    [chapter] = of(newsroom).chapters()
    [exhibit] = chapter.exhibits

    [miss] = exhibit.misses
    assert (HURT, HURT.replace("Three", "Two"), 3) == (miss.sentence, miss.standing.wanted, miss.line)
    assert State.MISSING is miss.standing.state
    assert exhibit.sides is not None
    assert exhibit.sides.verdict == exhibit.copy
    assert chapter.digests[1] != chapter.digests[0] == exhibit.digest
    assert [0] == [sight.n for sight in exhibit.seen]


def test_without_texts_an_exhibit_says_that_nobody_asked(newsroom: Newsroom) -> None:
    """A table or a notebook needs no two texts beside each other; that they are missing is said."""
    wire = newsroom.publish(HURT)
    copy = newsroom.syndicate(wire)
    newsroom.correct(wire, "Three people", "Two people")
    newsroom.observe(copy)

    [chapter] = audit(newsroom.workspace, Scope(), newsroom.now, beside=False).chapters()

    assert [(None, Unshown.UNASKED)] == [(each.sides, each.unshown) for each in chapter.exhibits]


def test_a_copy_that_is_named_narrows_its_upstreams_chapter(newsroom: Newsroom) -> None:
    """The report on a copy is the chapter of what it was taken from, with no other copy in it."""
    wire = newsroom.publish(HURT)
    one, _ = newsroom.syndicate(wire, site="one"), newsroom.syndicate(wire, site="two")

    found = of(newsroom, one)

    assert {CopyState.CURRENT: 1} == found.totals.copies
    [chapter] = found.chapters()
    assert (wire, [one]) == (chapter.history.article.id, [each.copy.article for each in chapter.exhibits])


def test_an_article_that_is_not_held_is_refused(newsroom: Newsroom) -> None:
    """As everywhere: not found, with a hint; the same for a publisher."""
    newsroom.publish(HURT)

    with pytest.raises(NotFoundError):
        of(newsroom, "https://nowhere.example/")
    with pytest.raises(NotFoundError):
        scoped(newsroom.workspace, (), ["Nobody"])


def test_since_leaves_what_came_out_before_it_out(newsroom: Newsroom) -> None:
    """A copy that misses an older update alone is not in it, and stands as the later ones say."""
    wire = newsroom.publish(HURT, "The harbour was closed for two hours in the morning, said the mayor of the town.")
    copy = newsroom.syndicate(wire)
    newsroom.correct(wire, "Three people", "Two people")
    newsroom.observe(copy)
    later = newsroom.now + timedelta(minutes=1)

    assert () == of(newsroom, since=later).entries

    newsroom.correct(wire, "two hours", "six hours")
    newsroom.observe(copy)
    [chapter] = of(newsroom, since=later).chapters()
    assert [2] == [update.revision for update in chapter.history.updates]
    assert [2] == [miss.update.revision for each in chapter.exhibits for miss in each.misses]


def test_behind_leaves_only_copies_that_are_behind(newsroom: Newsroom) -> None:
    """Articles without such a copy have no chapter then."""
    fine, wire = newsroom.publish("Nothing happened here."), newsroom.publish(HURT)
    newsroom.syndicate(fine, site="fine")
    copy, _ = newsroom.syndicate(wire, site="late"), newsroom.syndicate(wire, site="unseen")
    newsroom.correct(wire, "Three people", "Two people")
    newsroom.observe(copy)

    found = of(newsroom, behind=True)

    assert {CopyState.BEHIND: 1} == found.totals.copies
    assert [[copy]] == [[each.copy.article for each in chapter.exhibits] for chapter in found.chapters()]


def test_chapters_can_be_read_again(newsroom: Newsroom) -> None:
    """Whoever writes contents first and pages later reads them twice, and they are the same."""
    wire = newsroom.publish(HURT)
    newsroom.syndicate(wire)

    found = of(newsroom)

    assert list(found.chapters()) == list(found.chapters())


def test_a_store_that_is_written_to_meanwhile_is_told(newsroom: Newsroom) -> None:
    """An audit rests on one commit: chapters of another one are not mixed into it."""
    wire = newsroom.publish(HURT)
    found = of(newsroom)
    newsroom.correct(wire, "Three people", "Two people")

    with pytest.raises(StoreBusyError):
        list(found.chapters())


def test_what_is_too_long_is_not_laid_out_and_that_is_said(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """The misses are there all the same; only the two texts beside each other are not."""
    wire = newsroom.publish(HURT)
    copies = [newsroom.syndicate(wire, site=site) for site in ("one", "two")]
    newsroom.correct(wire, "Three people", "Two people")
    for copy in copies:
        newsroom.observe(copy)
    size = 2 * len(newsroom.pages[wire].text)

    monkeypatch.setattr(exhibits, "LAID", size)
    assert [None, Unshown.MANY] == unshown(newsroom)

    monkeypatch.setattr(exhibits, "LONGEST", 100)
    assert [Unshown.LONG] * 2 == unshown(newsroom)

    monkeypatch.setattr(exhibits, "HELD", 100)
    assert [Unshown.LONG] * 2 == unshown(newsroom)


def unshown(newsroom: Newsroom) -> list[Unshown | None]:
    """Say of each copy why it is not laid beside its article, and see that its misses are told."""
    [chapter] = of(newsroom).chapters()
    assert all(each.misses for each in chapter.exhibits)
    assert all((each.sides is None) == (each.unshown is not None) for each in chapter.exhibits)
    return [each.unshown for each in chapter.exhibits]


def test_a_notice_without_a_change_is_told(newsroom: Newsroom) -> None:
    """A revision says that something was corrected that it leaves as it was."""
    wire = newsroom.publish(HURT)
    newsroom.add(wire, "Correction: An earlier version of this article said 40 people. It is 50, not 40.")

    found = of(newsroom)

    [chapter] = found.chapters()
    assert 1 == found.totals.unchanged
    assert [1] == [n for n, _ in chapter.unchanged]


def test_a_language_is_a_tag_or_nothing() -> None:
    """What is no BCP 47 tag says nothing; a copy without one is taken to be in its article's language."""
    wire = Revision(Metadata("https://wire.example/", language="pt_BR"), 0)
    odd = Revision(Metadata("https://odd.example/", language='en" onload="'), 0)

    assert "pt-BR" == exhibits.language(wire)
    assert "pt-BR" == exhibits.language(odd, "pt-BR")
