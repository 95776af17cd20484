"""A project held against corrections files: what a store finds, and no more to be believed than can be verified."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from newsroom import Newsroom
from partner import exported, from_files, from_store
from republisher import Republisher

from provenance.app.gate.corrections import CorrectionsUpstreams
from provenance.errors import GateError
from provenance.model import Article, ArticleId, Code, Found, article_id

Json = dict[str, Any]
LEAD = "Three people died when the ferry went down off Skerrin Point, the police said."


@pytest.fixture
def file(site: Republisher, behind: ArticleId, tmp_path: Path) -> Path:
    """Give the corrections that the project's one copy misses."""
    return exported(site.newsroom.workspace, tmp_path / "corrections.json")


@pytest.mark.parametrize("key", ["canonical_url", ""])
def test_a_file_finds_what_the_store_finds(site: Republisher, file: Path, key: str) -> None:
    """Whether the copy names its upstream or is found by its words."""
    if not key:
        site.unname()

    found = from_files(site.root, file)

    assert [Code.MISSED_CORRECTION] == [each.code for each in found.findings]
    assert (Found.FRONT_MATTER if key else Found.CONTENT) is found.files[0].found
    assert from_store(site.newsroom.workspace, site.root) == found


def test_a_copy_of_a_copy_leads_to_the_origin(site: Republisher, behind: ArticleId, tmp_path: Path) -> None:
    """The file knows the copies by their addresses, and what they were taken from."""
    copy = site.newsroom.syndicate(behind)
    site.copy(copy, "content/b.md")
    file = exported(site.newsroom.workspace, tmp_path / "corrections.json")

    found = from_files(site.root, file)

    assert {behind} == {each.upstream for each in found.files}
    assert from_store(site.newsroom.workspace, site.root) == found


def test_an_update_known_from_its_notice_alone_is_in_the_file(
    newsroom: Newsroom, site: Republisher, tmp_path: Path
) -> None:
    """The article was first seen with its correction in it; copies of what stood before are found all the same."""
    note = "Correction: An earlier version of this article said that three people died. It is two, not three."
    wire = newsroom.publish("Two people died when the ferry went down off Skerrin Point, the police said.", note)
    site.write("content/a.md", site.copy(wire).read_text().replace("Two people", "Three people").replace(note, ""))
    file = exported(newsroom.workspace, tmp_path / "corrections.json")

    found = from_files(site.root, file)

    assert newsroom.updates(wire)[0].told
    assert [Code.MISSED_CORRECTION] == [each.code for each in found.findings]
    assert from_store(newsroom.workspace, site.root) == found


def _fields(page: object) -> Json:
    return {name: getattr(page, name) for name in page.__dataclass_fields__}  # type: ignore[attr-defined]


def test_what_came_later_goes_over_what_was_there(newsroom: Newsroom, site: Republisher, tmp_path: Path) -> None:
    """A whole file and those that go on from it say what one file of everything says."""
    wire = newsroom.publish(LEAD)
    newsroom.publish("The council votes on the roof of the baths on Monday evening.", site="gazette")
    site.copy(wire)
    first = exported(newsroom.workspace, tmp_path / "1.json")
    newsroom.correct(wire, "Three people", "Two people")
    second = exported(newsroom.workspace, tmp_path / "2.json", since=_cursor(first))
    newsroom.clarify(wire, "the police", "the harbour police")
    third = exported(newsroom.workspace, tmp_path / "3.json", since=_cursor(second))

    assert () == from_files(site.root, first).findings
    assert [Code.MISSED_CORRECTION] == [each.code for each in from_files(site.root, first, second).findings]
    whole = exported(newsroom.workspace, tmp_path / "whole.json")
    assert from_files(site.root, whole) == from_files(site.root, first, second, third)
    assert from_store(newsroom.workspace, site.root) == from_files(site.root, first, second, third)


def test_a_gap_between_files_is_refused(newsroom: Newsroom, site: Republisher, tmp_path: Path) -> None:
    """What lies in the gap could be the correction: there is no verdict without it."""
    wire = newsroom.publish(LEAD)
    first = exported(newsroom.workspace, tmp_path / "1.json")
    newsroom.correct(wire, "Three people", "Two people")
    second = exported(newsroom.workspace, tmp_path / "2.json", since=_cursor(first))
    newsroom.clarify(wire, "the police", "the harbour police")
    third = exported(newsroom.workspace, tmp_path / "3.json", since=_cursor(second))
    others = exported(newsroom.workspace, tmp_path / "4.json", publishers=["Wire"], since=_cursor(first))

    for files in ((third,), (first, third), (second, first), (first, others)):
        with pytest.raises(GateError, match="no file before it ends there"):
            from_files(site.root, *files)


def test_an_article_that_turned_out_a_copy_is_one_from_then_on(
    newsroom: Newsroom, site: Republisher, tmp_path: Path
) -> None:
    """The later file has its address alone, and the earlier text is not believed any more."""
    early = newsroom.publish(LEAD, site="evening")
    site.copy(early)
    first = exported(newsroom.workspace, tmp_path / "1.json")
    wire = newsroom.publish(LEAD)
    page = newsroom.pages[early]
    newsroom._show(type(page)(**{**_fields(page), "copy_of": newsroom.pages[wire].url}))
    newsroom.correct(wire, "Three people", "Two people")
    second = exported(newsroom.workspace, tmp_path / "2.json", since=_cursor(first))

    found = from_files(site.root, first, second)

    assert {wire} == {each.upstream for each in found.files}
    assert from_store(newsroom.workspace, site.root) == found


def test_the_head_changes_with_every_byte(file: Path, tmp_path: Path) -> None:
    """Answers that are kept are those of one state of the files, in one order."""
    other = tmp_path / "other.json"
    other.write_bytes(file.read_bytes().replace(b"Skerrin", b"Skarrin"))

    assert 3 == len({CorrectionsUpstreams(each).head for each in ([file], [other], [file, other])})


def test_a_copy_whose_origin_is_not_there_is_unknown(site: Republisher, behind: ArticleId, tmp_path: Path) -> None:
    """An address that leads nowhere is not taken for an article."""
    copy = site.newsroom.syndicate(behind)
    file = exported(site.newsroom.workspace, tmp_path / "corrections.json")
    found = json.loads(file.read_text(encoding="utf-8"))
    found["articles"] = []
    ring = [f"https://ring.example/{number}" for number in (1, 2)]
    found["copies"] += [
        {"id": article_id(one), "url": one, "copy_of": [article_id(other)]} for one, other in (ring, ring[::-1])
    ]
    file.write_text(json.dumps(found), encoding="utf-8")

    assert {} == CorrectionsUpstreams([file]).articles([copy, behind, article_id(ring[0])])


def test_a_text_that_is_not_the_one_that_was_exported_is_refused(site: Republisher, file: Path) -> None:
    """Each text is held against its sha256 before anything rests on it."""
    file.write_bytes(file.read_bytes().replace(b'"text": "Ferry', b'"text": "Berry'))

    with pytest.raises(GateError, match=r"is damaged: article .* its text is not the one that its sha256 names"):
        from_files(site.root, file)


def test_what_a_file_says_of_its_copies_is_an_address_alone(file: Path, behind: ArticleId) -> None:
    """An article is held whole, with what it is."""
    [article] = CorrectionsUpstreams([file]).articles([behind, ArticleId("f" * 16)]).values()

    assert Article(behind, "https://wire.example/0", "Wire", "Ferry sinks in calm", 2) == article


def _cursor(file: Path) -> str:
    found: str = json.loads(file.read_text(encoding="utf-8"))["cursor"]
    return found


SPOILS: dict[str, Callable[[Json], object]] = {
    "url": lambda article: article.update(url="javascript:alert(1)"),
    "id": lambda article: article.update(url="https://other.example/"),
    "n": lambda article: article["revisions"].reverse(),
    "status": lambda article: article["revisions"][0].update(status="fine"),
    "time": lambda article: article["revisions"][0].update(published_at="yesterday"),
    "delta": lambda article: article["revisions"][0].update(delta="=99999999"),
    "no delta": lambda article: article["revisions"][0].pop("delta"),
    "other delta": lambda article: article["revisions"][0].update(delta="+abc"),
    "revision": lambda article: article["updates"][0].update(revision=7),
    "span": lambda article: article["updates"][0]["edits"][0].update(after_span=[0, 10**9]),
    "backwards": lambda article: article["updates"][0]["edits"][0].update(after_span=[9, 3]),
    "not a span": lambda article: article["updates"][0]["edits"][0].update(before_span="ab"),
    "no span": lambda article: [article["updates"][0]["edits"][0].pop(key) for key in ("before_span", "after_span")],
    "kind": lambda article: article["updates"][0].update(kind="improvement"),
    "edits": lambda article: article["updates"][0].update(edits={}),
    "text": lambda article: article.update(text=7),
    "revisions": lambda article: article.update(revisions=[]),
    "words": lambda article: article["updates"][0]["edits"][0].update(after="Five"),
    "nothing": lambda article: [article.pop(key) for key in list(article) if key not in {"id", "url"}],
}


@pytest.mark.parametrize("name", sorted(SPOILS))
def test_an_article_that_makes_no_sense_is_refused(site: Republisher, file: Path, name: str) -> None:
    """One line says which article, and what of it; nothing of it reaches the engine."""
    head, line, *rest = file.read_text(encoding="utf-8").split("\n")
    article = json.loads(line)
    SPOILS[name](article)
    file.write_text("\n".join((head, json.dumps(article), *rest)), encoding="utf-8")

    with pytest.raises(GateError, match=r"corrections\.json is damaged: article"):
        from_files(site.root, file)
