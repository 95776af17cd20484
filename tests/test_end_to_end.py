"""From the starter set to the verdict, through the installed command: what it says, and that it says it again."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from command import clean_environ, prov, run, status

CHECKOUT = Path(__file__).resolve().parent.parent
SEEDS = CHECKOUT / "seeds"
GOLDEN = CHECKOUT / "fixtures" / "golden"
VIEWS = ("ingest.txt", "status.txt", "status.json", "diff.txt", "explain.txt", "explain-silent.txt", "log.txt")

FERRY = "https://harrowmouth-courier.example/2025/05/12/ferry-doors"
KILL = "https://norvane-press.example/item/20250603-pellworth-glass"
BATHS = "https://tarn-valley-gazette.example/news/ashgill-baths-roof"
LEAK = "https://meridian-wire.example/2025/09/18/lisk-chlorine"
EVENING = "https://capital-evening.example/lisk-pool-leak"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder whose store holds the starter set."""
    return filled(tmp_path_factory.mktemp("seeds"))


@pytest.fixture(scope="module")
def articles(world: Path) -> dict[str, dict[str, Any]]:
    """Give every article of the starter set by URL."""
    return status(cwd=world)


# --- what it says of each story


def test_a_repost_without_the_clarification_and_the_statement_is_behind(articles: dict[str, dict[str, Any]]) -> None:
    """The aggregator has the inspector in office and lacks the ministry's statement; both were declared."""
    copy = the_copy(articles[FERRY], "coastwise-digest")
    kinds = {each["id"]: (each["kind"], each["declared"]) for each in articles[FERRY]["updates"]}
    missed = {kinds[each["update"]] for each in copy["standings"] if each["state"] == "missing"}

    assert (copy["state"], copy["made_from"]) == ("behind", 0)
    assert missed == {("clarification", True), ("development", True)}


def test_a_copy_last_seen_before_the_change_is_unseen(articles: dict[str, dict[str, Any]]) -> None:
    """Nobody has looked since: it has not been shown to miss anything."""
    assert the_copy(articles[FERRY], "island-post")["state"] == "unseen"


def test_a_copy_of_a_killed_story_is_behind(articles: dict[str, dict[str, Any]]) -> None:
    """A retraction is missed by whoever still runs the story."""
    copy = the_copy(articles[KILL], "trade-and-yard")
    retraction = [each["id"] for each in articles[KILL]["updates"] if each["kind"] == "retraction"]

    assert copy["state"] == "behind"
    assert retraction == [each["update"] for each in copy["standings"] if each["state"] == "missing"]


def test_a_figure_changed_without_a_note_is_silent(articles: dict[str, dict[str, Any]]) -> None:
    """The gazette changed 3.4 to 4.3 million and told nobody: the update is silent and the bulletin misses it."""
    [silent] = [each for each in articles[BATHS]["updates"] if each["kind"] != "refile"]
    [edit] = silent["edits"]
    copy = the_copy(articles[BATHS], "ashgill-residents")
    [standing] = [each for each in copy["standings"] if each["update"] == silent["id"]]

    assert (silent["declared"], "number" in edit["aspects"]) == (False, True)
    assert standing["state"] == "missing"
    assert "3.4" in standing["edits"][0]["quote"]


def test_a_copy_that_was_mended_is_current(articles: dict[str, dict[str, Any]]) -> None:
    """The evening paper put in the right number, and left the wire's note out: mended, and said so."""
    copy = the_copy(articles[LEAK], "capital-evening")

    assert copy["state"] == "current"
    assert any(each.get("notice_dropped") for each in copy["standings"])


def test_a_copy_of_a_copy_misses_what_its_upstream_mended(articles: dict[str, dict[str, Any]]) -> None:
    """The brief copied the evening paper, which has since mended its text."""
    assert the_copy(articles[EVENING], "pool-and-spa-brief")["state"] == "behind"


# --- that it says it again


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder that `fixtures/build.py` writes now."""
    folder = tmp_path_factory.mktemp("golden")
    script = CHECKOUT / "fixtures" / "build.py"
    subprocess.run([sys.executable, script, folder], env=clean_environ(folder), check=True)
    return folder


@pytest.mark.parametrize("view", VIEWS)
def test_what_is_said_of_the_starter_set_is_what_was_said(built: Path, view: str) -> None:
    """Any change in what a person reads is seen here first; `python fixtures/build.py` takes it over."""
    assert (built / view).read_text(encoding="utf-8") == (GOLDEN / view).read_text(encoding="utf-8")


def test_the_status_is_what_its_schema_says(world: Path, checkout: Path) -> None:
    """The document satisfies the published schema, formats included."""
    import jsonschema

    schema = json.loads((checkout / "provenance/report/schemas/status.schema.json").read_text(encoding="utf-8"))
    document = json.loads(run("status", "--format", "json", "--texts", cwd=world))

    jsonschema.validate(document, schema, format_checker=jsonschema.FormatChecker())


def test_a_rebuilt_ledger_says_the_same(world: Path, tmp_path: Path) -> None:
    """Delete the ledger, work it out again from the store: every byte of the status is the same."""
    copied = tmp_path / "world"
    shutil.copytree(world, copied)
    before = run("status", "--format", "json", "--texts", cwd=copied)
    run("rebuild", cwd=copied)

    assert before == run("status", "--format", "json", "--texts", cwd=copied)


def test_the_same_drafts_give_the_same_bytes(articles: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    """Two stores filled from the same drafts hold the same texts and come to the same conclusions."""
    again = status(cwd=filled(tmp_path))

    assert without_commits(again) == without_commits(articles)


def test_the_same_drafts_twice_store_nothing_new(world: Path, tmp_path: Path) -> None:
    """Ingestion is idempotent: no revision is added, and the status stays as it was."""
    copied = tmp_path / "world"
    shutil.copytree(world, copied)
    before = status(cwd=copied)
    ran = prov("ingest", SEEDS / "copies.jsonl", cwd=copied)
    after = status(cwd=copied)

    assert ran.returncode == 0
    assert {url: len(each["revisions"]) for url, each in before.items()} == {
        url: len(each["revisions"]) for url, each in after.items()
    }


def test_the_store_is_sound_after_all_of_it(world: Path) -> None:
    """`prov fsck` and plain `git fsck` find nothing to object to."""
    run("fsck", cwd=world)
    checked = subprocess.run(
        ["git", "-C", world / "store" / "facts.git", "fsck", "--strict"], capture_output=True, check=False
    )
    assert checked.returncode == 0


def filled(world: Path) -> Path:
    """Make a store in a folder and put the starter set in."""
    run("init", cwd=world)
    run("ingest", SEEDS / "articles.jsonl", SEEDS / "copies.jsonl", cwd=world)
    return world


def the_copy(article: dict[str, Any], host: str) -> dict[str, Any]:
    """Give the article's copy on a site."""
    [found] = [each for each in article["copies"] if each["url"].startswith(f"https://{host}.")]
    return dict(found)


def without_commits(articles: dict[str, dict[str, Any]]) -> str:
    """Give articles as JSON without the names of commits, which depend on when prov looked."""
    plain = [
        each | {"revisions": [revision | {"id": ""} for revision in each["revisions"]]} for each in articles.values()
    ]
    return json.dumps(plain, sort_keys=True)
