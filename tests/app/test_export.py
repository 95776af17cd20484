"""What goes into a corrections file: which articles, with what, and what came after a cursor."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from newsroom import Newsroom
from partner import exported

from provenance.app.export import corrections
from provenance.errors import NotFoundError, ProvError, UsageError
from provenance.store.folder import FACTS

Json = dict[str, Any]


def document(newsroom: Newsroom, tmp_path: Path, **options: Any) -> Json:  # noqa: ANN401 - as `exported` takes them
    """Export, and read what was written."""
    file = exported(newsroom.workspace, tmp_path / "corrections.json", **options)
    found: Json = json.loads(file.read_text(encoding="utf-8"))
    return found


def ids(found: Json, key: str = "articles") -> set[str]:
    """Give the ids of what a document lists."""
    return {each["id"] for each in found[key]}


def test_an_article_goes_out_with_its_updates_and_texts(newsroom: Newsroom, tmp_path: Path) -> None:
    """Revisions with times, digests and notices; edits with what stands around them."""
    wire = newsroom.publish("Three people died when the ferry went down off Skerrin Point, the police said.")
    newsroom.correct(wire, "Three people died", "Two people died")

    [article] = document(newsroom, tmp_path)["articles"]

    page = newsroom.pages[wire]
    assert (wire, page.url, "Wire", page.text) == tuple(article[key] for key in ("id", "url", "publisher", "text"))
    first, last = article["revisions"]
    assert (0, 1) == (first["n"], last["n"])
    assert first["delta"]
    assert "delta" not in last
    assert "It is “Two people died”" in last["notices"][0]
    [update] = article["updates"]
    assert ("correction", True) == (update["kind"], update["declared"])
    [edit] = [each for each in update["edits"] if each["before"] == "Three"]
    assert "Two" == edit["after"]
    assert edit["suffix"].startswith(" people died")


def test_of_a_copy_the_address_alone_goes_out(newsroom: Newsroom, tmp_path: Path) -> None:
    """Its text is somebody else's: what it was taken from is all that is told of it."""
    wire = newsroom.publish("Three people died when the ferry went down off Skerrin Point, the police said.")
    copy = newsroom.syndicate(wire)

    found = document(newsroom, tmp_path)

    assert {wire} == ids(found)
    assert [{"id": copy, "url": newsroom.pages[copy].url, "copy_of": [wire]}] == found["copies"]


def test_articles_can_be_chosen_by_name_and_by_publisher(newsroom: Newsroom, tmp_path: Path) -> None:
    """A copy that is named stands for its origin; the copies of what is left out are left out."""
    one = newsroom.publish("Three people died off Skerrin Point, the harbour police said.", site="wire")
    other = newsroom.publish("The council votes on the roof of the baths on Monday evening.", site="gazette", rest=())
    copy = newsroom.syndicate(one)

    assert {one, other} == ids(document(newsroom, tmp_path))
    assert {other} == ids(document(newsroom, tmp_path, publishers=["Gazette"]))
    named = document(newsroom, tmp_path, named=[newsroom.pages[copy].url])
    assert ({one}, {copy}, {"articles": [one]}) == (ids(named), ids(named, "copies"), named["only"])
    assert set() == ids(document(newsroom, tmp_path, publishers=["Gazette"]), "copies")


def test_since_a_cursor_only_what_changed_goes_out(newsroom: Newsroom, tmp_path: Path) -> None:
    """Each file ends at the cursor that the next one goes on from."""
    one = newsroom.publish("Three people died off Skerrin Point, the harbour police said.")
    other = newsroom.publish("The council votes on the roof of the baths on Monday evening.", rest=())
    first = document(newsroom, tmp_path)
    nothing = document(newsroom, tmp_path, since=first["cursor"])
    newsroom.correct(one, "Three people", "Two people")
    second = document(newsroom, tmp_path, since=first["cursor"])

    assert {one, other} == ids(first)
    assert (set(), first["cursor"]) == (ids(nothing), nothing["cursor"])
    assert {one} == ids(second)
    assert first["cursor"] == second["since"]
    assert 2 == len(second["articles"][0]["revisions"])


def test_the_same_store_gives_the_same_bytes(newsroom: Newsroom, tmp_path: Path) -> None:
    """There is no clock and no chance in the file."""
    newsroom.correct(newsroom.publish("Three people died off Skerrin Point."), "Three people", "Two people")

    one, other = (exported(newsroom.workspace, tmp_path / name).read_bytes() for name in ("a.json", "b.json"))

    assert one == other


@pytest.mark.parametrize("since", ["a" * 40, "0" * 64])
def test_a_cursor_that_is_not_held_is_refused(newsroom: Newsroom, since: str) -> None:
    """A commit of another store, or of a state that this one has lost."""
    newsroom.publish("Three people died off Skerrin Point.")

    with pytest.raises(NotFoundError, match=since):
        corrections(newsroom.workspace, since=since)


@pytest.mark.parametrize("since", ["HEAD", "a" * 39, "--all", "A" * 40])
def test_what_can_be_no_cursor_is_a_matter_of_usage(newsroom: Newsroom, since: str) -> None:
    """Only a whole commit id is one."""
    with pytest.raises(UsageError):
        corrections(newsroom.workspace, since=since)


def test_an_unknown_publisher_is_refused(newsroom: Newsroom) -> None:
    """An empty file would look like nothing to correct."""
    newsroom.publish("Three people died off Skerrin Point.")

    with pytest.raises(NotFoundError, match="Gazete"):
        corrections(newsroom.workspace, publishers=["Gazete"])


def test_articles_are_drawn_as_they_are_written(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many there are, the texts of a page of them are read at a time: not those of a store that is gone by."""
    monkeypatch.setattr("provenance.app.export.ARTICLES", 2)
    for number in range(5):
        newsroom.publish(f"{number} people died off Skerrin Point.", rest=())
    found = corrections(newsroom.workspace)

    next(found.parts)
    (newsroom.workspace.path / FACTS).rename(newsroom.workspace.path / "gone")
    next(found.parts)
    with pytest.raises(ProvError):
        next(found.parts)
