"""What a letter rests on: it claims what the verdict is sure of, quotes both sides to the letter, and no more."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from newsroom import Newsroom

from provenance.app.history import revision
from provenance.app.ingest import ingest
from provenance.app.letter import _upstream, letter
from provenance.app.letter_template import template
from provenance.errors import NotFoundError, SourceError, UsageError
from provenance.model import Article, ArticleId, Draft, Kind, Metadata, Op, State
from provenance.model.letters import Letter

STORY = "Three people died when the ferry went down, the harbour police said on Tuesday."


def corrected(newsroom: Newsroom) -> str:
    """Publish, let it be copied, correct it, look at the copy again; give the copy."""
    article = newsroom.publish(STORY)
    copy = newsroom.syndicate(article)
    newsroom.correct(article, "Three", "Two")
    newsroom.observe(copy)
    return copy


def quotes_are_borne_out(newsroom: Newsroom, found: Letter) -> None:
    """Hold every quotation against the text that it is said to be of."""
    copy, article = (revision(newsroom.workspace, each.id).text for each in (found.copy, found.upstream))
    for change in found.changes:
        for point in change.points:
            assert point.quote in copy
            assert " ".join(point.wanted.split()) in " ".join(article.split())
            if point.line and point.quote:
                assert copy.splitlines()[point.line - 1].startswith(point.quote.splitlines()[0][:10]) or (
                    point.quote.splitlines()[0] in copy.splitlines()[point.line - 1]
                )


def test_a_missed_correction_is_claimed_with_both_wordings(newsroom: Newsroom) -> None:
    """The change has its day, the publisher's note, and one place with the copy's words and the article's."""
    copy = corrected(newsroom)

    found = letter(newsroom.workspace, copy)

    [change] = found.changes
    assert (Kind.CORRECTION, True, State.MISSING) == (change.kind, change.declared, change.state)
    assert "It is “Two”, not “Three”." in change.notice
    [point] = change.points
    assert (Op.REPLACE, STORY, 3) == (point.op, point.quote, point.line)
    assert STORY.replace("Three", "Two") == point.wanted
    assert change.out is not None
    assert found.published is not None
    assert found.seen is not None
    assert found.published < change.out < found.seen
    quotes_are_borne_out(newsroom, found)


def test_there_is_nothing_to_ask_of_a_copy_that_carries_all(newsroom: Newsroom) -> None:
    """A copy made after the correction gets no letter, nor does one that misses a matter of spelling."""
    article = newsroom.publish(STORY)
    early = newsroom.syndicate(article)
    newsroom.revise(article, "harbour police", "Harbour Police")
    late = newsroom.syndicate(article)
    newsroom.observe(early)

    assert () == letter(newsroom.workspace, early).changes
    assert () == letter(newsroom.workspace, late).changes


def test_a_withdrawn_article_is_all_that_is_spoken_of(newsroom: Newsroom) -> None:
    """Of a copy that still runs it one place is quoted, and earlier corrections are passed over."""
    article = newsroom.publish(STORY)
    copy = newsroom.syndicate(article)
    newsroom.correct(article, "Three", "Two")
    newsroom.retract(article)
    newsroom.observe(copy)

    found = letter(newsroom.workspace, copy)

    assert [Kind.RETRACTION] == [change.kind for change in found.changes]
    assert found.is_of_withdrawn
    assert "Ferry sinks in calm" == found.headline
    assert 1 == len(found.changes[0].points)
    quotes_are_borne_out(newsroom, found)


def test_what_was_added_is_said_with_the_passage_beside_it(newsroom: Newsroom) -> None:
    """The copy's own words are those beside the gap; what should come there is the article's."""
    article = newsroom.publish(STORY)
    copy = newsroom.syndicate(article)
    newsroom.add(article, "The ministry said on Wednesday that the ferry had been inspected twice in the spring.")
    newsroom.observe(copy)

    found = letter(newsroom.workspace, copy)

    [point] = [point for change in found.changes for point in change.points]
    assert Op.INSERT is point.op
    assert point.wanted.startswith("The ministry said")
    assert not found.changes[0].declared
    quotes_are_borne_out(newsroom, found)


def test_a_copy_that_was_not_looked_at_since_is_only_asked(newsroom: Newsroom) -> None:
    """Nothing is claimed of it; what the article now says is told, and that we have not looked since."""
    article = newsroom.publish(STORY)
    newsroom.syndicate(article)
    copy = newsroom.syndicate(article, site="unwatched")
    newsroom.correct(article, "Three", "Two")

    found = letter(newsroom.workspace, copy)

    assert found.is_question
    [change] = found.changes
    assert State.UNSEEN is change.state
    assert [("", STORY.replace("Three", "Two"))] == [(point.quote, point.wanted) for point in change.points]


def test_nothing_is_asked_where_something_is_claimed(newsroom: Newsroom) -> None:
    """An update that came out after the last look is left out beside one that is missing."""
    article = newsroom.publish(STORY)
    copy = newsroom.syndicate(article)
    newsroom.correct(article, "Three", "Two")
    newsroom.observe(copy)
    newsroom.add(article, "The ministry said on Wednesday that the ferry had been inspected twice in the spring.")

    found = letter(newsroom.workspace, copy)

    assert not found.is_question
    assert {State.MISSING} == {change.state for change in found.changes}


def test_an_article_that_is_no_copy_has_no_letter(newsroom: Newsroom) -> None:
    """The hint depends on whether it has copies."""
    article = newsroom.publish(STORY)
    newsroom.syndicate(article)

    with pytest.raises(NotFoundError, match="not known as a copy") as refused:
        letter(newsroom.workspace, article)

    assert "name one of its copies" == refused.value.hint


def test_the_upstream_must_be_one_of_the_copys(newsroom: Newsroom) -> None:
    """Another article is refused, and the copy's own are named."""
    copy = corrected(newsroom)
    other = newsroom.publish("A bakery opened.", headline="Bread", site="daily", rest=())

    with pytest.raises(NotFoundError, match=r"is no copy of https://daily\.example"):
        letter(newsroom.workspace, copy, other)


def test_of_several_upstreams_one_is_named(newsroom: Newsroom) -> None:
    """A copy that was taken from two articles is a wrong usage that names both; one of them will do."""
    first, second = newsroom.publish(STORY), newsroom.publish("A bakery opened.", headline="Bread", rest=())
    roundup = Article(ArticleId("f" * 16), "https://both.example/", "Both", "Roundup", 1, (first, second))

    with pytest.raises(UsageError, match="has 2 upstreams") as refused:
        _upstream(newsroom.workspace, roundup, "")

    assert f"name one with --article: {first}, {second}" == refused.value.hint
    assert second == _upstream(newsroom.workspace, roundup, second).id


def test_the_desks_template_is_named_in_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`{language}` stands for the letter's; the path counts from the folder of the settings; an option wins."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "prov.toml").write_text('[tool.prov.letter]\ntemplate = "letters/{language}.txt"\n')
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "de.txt").write_text("Brief\n")
    (tmp_path / "mine.txt").write_text("Mein Brief\n")
    monkeypatch.chdir(tmp_path / "sub")

    found = template(None, "de")

    assert found is not None
    assert (str(tmp_path / "letters" / "de.txt"), "Brief\n") == (found.file, found.text)
    assert "Mein Brief\n" == getattr(template(tmp_path / "mine.txt", "de"), "text", "")
    with pytest.raises(NotFoundError, match=r"fr\.txt: cannot read the template: no such file"):
        template(None, "fr")


def test_a_setting_that_is_not_known_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slip of the pen in `[tool.prov.letter]` is told, and so is a file that is no template."""
    (tmp_path / "prov.toml").write_text('[tool.prov.letter]\ntemplates = "x"\n')
    monkeypatch.chdir(tmp_path)

    with pytest.raises(UsageError, match=r"unknown setting .* templates"):
        template(None, "en")
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SourceError, match="not in UTF-8"):
        template(tmp_path / "binary", "en")
    with pytest.raises(SourceError, match="not a regular file"):
        template(tmp_path, "en")


@pytest.mark.parametrize("case", ["becas-comedor", "linie-neun-kanalbruecke", "panne-cartes", "storm-halvard-toll"])
def test_every_quotation_of_a_labelled_case_is_borne_out(case: str, checkout: Path, newsroom: Newsroom) -> None:
    """What a letter says of a copy stands in the copy, and what it says of the article in the article as it now is."""
    letters = [letter(newsroom.workspace, copy) for copy in stored(newsroom, checkout / "fixtures" / "cases" / case)]

    assert any(each.changes for each in letters)
    for each in letters:
        quotes_are_borne_out(newsroom, each)


def stored(newsroom: Newsroom, case: Path) -> list[str]:
    """Ingest a labelled case and give the URLs of its copies."""
    told = json.loads((case / "case.json").read_text(encoding="utf-8"))
    origin, moment = told["origin"], datetime.fromisoformat
    first = moment(origin["revisions"][0]["published"])
    drafts = [
        draft(case, each["file"], origin["url"], first, moment(each["published"])) for each in origin["revisions"]
    ]
    copies = [each for each in told["copies"] if each["is_copy"]]
    drafts += [
        draft(case, each["file"], each["url"], moment(each["published"]), None, origin["url"]) for each in copies
    ]
    assert not any(each.error for each in ingest(newsroom.workspace, drafts, lambda: datetime(2026, 1, 1, tzinfo=UTC)))
    return [each["url"] for each in copies]


def draft(case: Path, file: str, url: str, published: datetime, modified: datetime | None, of: str = "") -> Draft:
    """Read one text of a labelled case."""
    text = (case / file).read_text(encoding="utf-8")
    headline = text.partition("\n")[0]
    metadata = Metadata(url, headline=headline, published_at=published, modified_at=modified, copy_of=of)
    return Draft(metadata, text, observed_at=None if of else modified)
