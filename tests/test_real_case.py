"""A real article, its note about what changed, and a repost that missed it, where that material is at hand."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from command import run, status

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "seeds"
LAST = next(iter(sorted(SHARED.glob("001_*.txt"))), SHARED / "001.txt")
REPOST = next(iter(sorted(SHARED.glob("000_*.txt"))), SHARED / "000.txt")
RECONSTRUCT = SHARED / "reconstruct.py"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (LAST.exists() and REPOST.exists() and RECONSTRUCT.exists()),
        reason="the real article and its repost are not part of the project; they are not in ../shared/seeds",
    ),
]

URL = "".join(LAST.read_text(encoding="utf-8").rpartition("url:")[2].split()) if LAST.exists() else ""
"""The article's address, which its last paragraph gives broken in two."""

REPOST_URL = "https://repost.example/2023/07/26/new-details"

STILL_WRONG = {0, 2, 5, 9}
"""Of the eleven places that were clarified, in the article's order, those that the repost has without “former”."""

LEFT_OUT = {1, 4, 6, 7, 8, 10}
"""Those of which the repost does not have the passage."""

Article = dict[str, Any]


@pytest.fixture(scope="module")
def declared(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Article]:
    """Give both revisions and the repost, which says what it is a copy of."""
    world = both_revisions(tmp_path_factory.mktemp("declared"))
    repost(world, copy_of=URL)
    return status(cwd=world)


@pytest.fixture(scope="module")
def auto(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Article]:
    """Give both revisions and the repost, whose upstream prov has to find."""
    world = both_revisions(tmp_path_factory.mktemp("auto"))
    repost(world, copy_of="auto")
    return status(cwd=world)


@pytest.fixture(scope="module")
def last_only(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Article]:
    """Give the last revision alone, and the repost."""
    world = tmp_path_factory.mktemp("last")
    run("init", cwd=world)
    run("ingest", LAST, "--url", URL, "--publisher", "The Moscow Times", *seen("2023-07-27T18:00Z"), cwd=world)
    repost(world, copy_of=URL)
    return status(cwd=world)


@pytest.fixture(params=["declared", "auto"])
def known(request: pytest.FixtureRequest) -> dict[str, Article]:
    """Give the stores that hold both revisions, one after the other."""
    found: dict[str, Article] = request.getfixturevalue(request.param)
    return found


def test_what_the_page_says_of_itself_is_recognised(tmp_path: Path) -> None:
    """Headline, byline, date, URL (whole) and note are read off the text; broken paragraphs are joined."""
    run("init", cwd=tmp_path)
    run("ingest", LAST, cwd=tmp_path)
    [article] = status(cwd=tmp_path).values()
    metadata = stored_metadata(tmp_path, article["id"])
    [revision] = article["revisions"]

    assert article["url"] == URL
    assert article["headline"] == LAST.read_text(encoding="utf-8").strip().partition("\n")[0]
    assert metadata["byline"].removeprefix("By ") == "Cameron Manley"
    assert revision["published_at"].startswith("2023-07-26")
    assert [note["text"].startswith("This article has been updated to clarify") for note in revision["notices"]] == [
        True
    ]
    broken = [
        line for line in LAST.read_text(encoding="utf-8").splitlines() if line[:1].islower() and "://" not in line
    ]
    assert len(broken) >= 2
    assert [] == [line for line in broken if f" {line[:30]}" not in revision["text"]]


def test_the_revision_holds_one_clarification_and_one_development(known: dict[str, Article]) -> None:
    """Both are declared by the closing note; whatever else changed is a refile."""
    told = [(each["kind"], each["declared"]) for each in known[URL]["updates"] if each["kind"] != "refile"]

    assert sorted(told) == [("clarification", True), ("development", True)]


def test_the_clarification_is_made_in_eleven_places(known: dict[str, Article]) -> None:
    """“Former” was put in ten times and “ex-” once, each an edit with its place."""
    edits = [edit for edit in update(known[URL], "clarification")["edits"] if "notice" not in edit["aspects"]]
    words = [edit["after"] for edit in edits]

    assert len(edits) == 11
    assert all("former" in each or "ex-" in each for each in words), words
    assert [True] == ["ex-" in each for each in words if "former" not in each]


def test_the_development_is_the_statement_of_two_paragraphs(known: dict[str, Article]) -> None:
    """The National Security Council's statement is an addition, and nothing else is."""
    edits = [edit for edit in update(known[URL], "development")["edits"] if "notice" not in edit["aspects"]]
    added = "\n\n".join(edit["after"].strip() for edit in edits)

    assert [edit["op"] for edit in edits] == ["insert"] * len(edits)
    assert added.startswith("Following ")
    assert added.endswith('."')
    assert len(added.split("\n\n")) == 2


def test_the_repost_was_made_from_the_first_revision_and_is_behind(known: dict[str, Article]) -> None:
    """It has the words of revision 0, and misses the clarification and the statement."""
    copy = the_copy(known)

    assert copy["made_from"] == 0
    assert copy["state"] == "behind"
    assert standing(known, "clarification")["state"] == "missing"
    assert standing(known, "development")["state"] == "missing"


def test_the_evidence_is_the_reposts_own_words(known: dict[str, Article]) -> None:
    """Each quotation stands in the repost at the span and line given, and the four places are among them."""
    text = known[REPOST_URL]["revisions"][-1]["text"]
    missing = [each for each in standing(known, "clarification")["edits"] if each["state"] == "missing"]

    for each in missing:
        start, end = each["span"]
        assert text[start:end] == each["quote"]
        assert each["quote"].strip()
        assert text.count("\n", 0, start) + 1 == each["line"]
    assert {at for at, each in places(known) if each["state"] == "missing"} >= STILL_WRONG


def places(known: dict[str, Article]) -> list[tuple[int, dict[str, Any]]]:
    """Give a number to each place that was clarified, in the article's order, with what the repost shows of each."""
    edits = [edit for edit in update(known[URL], "clarification")["edits"] if "notice" not in edit["aspects"]]
    shown = {each["n"]: each for each in standing(known, "clarification")["edits"]}
    return list(enumerate(shown[edit["n"]] for edit in sorted(edits, key=lambda edit: edit["after_span"])))


def test_what_the_repost_left_out_is_not_applicable(known: dict[str, Article]) -> None:
    """A passage that the repost does not have cannot be out of date in it."""
    assert {"not_applicable"} == {each["state"] for at, each in places(known) if at in LEFT_OUT}


def test_the_reposts_own_commentary_is_not_held_against_it(known: dict[str, Article]) -> None:
    """Nothing that the repost added to the article is quoted as being out of date."""
    text = known[REPOST_URL]["revisions"][-1]["text"]
    taken = set[tuple[str, ...]]().union(*(runs(each["text"]) for each in known[URL]["revisions"]))
    own = {line for line in text.split("\n") if line and not runs(line) & taken}
    quoted = [
        text.split("\n")[edit["line"] - 1]
        for each in the_copy(known)["standings"]
        for edit in each["edits"]
        if edit["state"] in {"missing", "partial"} and edit.get("line")
    ]

    assert own
    assert not own & set(quoted)


def test_the_note_alone_is_enough_for_the_same_verdict(last_only: dict[str, Article]) -> None:
    """With only the last revision held, what its note says was clarified and added is what the repost lacks."""
    assert the_copy(last_only)["state"] == "behind"
    assert standing(last_only, "clarification")["state"] == "missing"
    assert standing(last_only, "development")["state"] == "missing"


def test_a_verdict_from_the_note_alone_is_less_sure_and_says_so(
    last_only: dict[str, Article], declared: dict[str, Article]
) -> None:
    """The confidence is lower than with both revisions, and the reason names the note."""
    for kind in ("clarification", "development"):
        alone, full = standing(last_only, kind), standing(declared, kind)

        assert alone["confidence"] < full["confidence"]
        assert "note" in alone["because"] or "notice" in alone["because"]


# --- the store under test


def both_revisions(world: Path) -> Path:
    """Fill a store with the article as it was first, and as it is now."""
    first = world / "first.txt"
    first.write_bytes(subprocess.check_output([sys.executable, "-X", "utf8", RECONSTRUCT]))
    article = ("--url", URL, "--publisher", "The Moscow Times")
    run("init", cwd=world)
    run("ingest", first, *article, *seen("2023-07-26T09:00Z"), cwd=world)
    run("ingest", LAST, *article, *seen("2023-07-27T18:00Z"), cwd=world)
    return world


def repost(world: Path, *, copy_of: str) -> None:
    """Put the repost in, as it was found a week later."""
    where = ("--url", REPOST_URL, "--publisher", "Repost", "--copy-of", copy_of)
    when = ("--published", "2023-07-26T22:00Z", "--modified", "2023-07-26T22:00Z", "--observed", "2023-08-02T12:00Z")
    run("ingest", REPOST, *where, *when, cwd=world)


def seen(at: str) -> tuple[str, ...]:
    """Give the options for a text that changed, and was seen, at a time."""
    return "--modified", at, "--observed", at


def stored_metadata(world: Path, article: str) -> dict[str, Any]:
    """Read an article's metadata out of the store with plain git."""
    path = f"articles/{article[:2]}/{article[2:4]}/{article}.json"
    read = subprocess.check_output(
        ["git", "-C", str(world / "store" / "facts.git"), "cat-file", "blob", f"main:{path}"]
    )
    found: dict[str, Any] = json.loads(read)
    return found


def update(article: Article, kind: str) -> dict[str, Any]:
    """Give an article's one update of a kind."""
    [found] = [each for each in article["updates"] if each["kind"] == kind]
    return found


def the_copy(articles: dict[str, Article]) -> dict[str, Any]:
    """Give the one copy of the article."""
    [found] = articles[URL]["copies"]
    assert found["url"] == REPOST_URL
    return found


def standing(articles: dict[str, Article], kind: str) -> dict[str, Any]:
    """Give what the repost shows of the update of a kind."""
    wanted = update(articles[URL], kind)["id"]
    [found] = [each for each in the_copy(articles)["standings"] if each["update"] == wanted]
    return found


def runs(text: str) -> set[tuple[str, ...]]:
    """List every run of five words."""
    words = text.split()
    return {tuple(words[at : at + 5]) for at in range(len(words) - 4)}
