"""A partner with corrections files finds what a desk with the store finds: over the starter set and labelled cases."""

from __future__ import annotations

import json
from importlib import util
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from command import run
from partner import exported, from_files, from_store

from provenance.app.workspace import Workspace

CHECKOUT = Path(__file__).resolve().parent.parent
CASES = CHECKOUT / "fixtures" / "cases"
CHOSEN = ("tannery-fire-wire", "rent-cap-column", "naruse-kofun", "pressure-cooker-recall", "council-harbour-lease")
"""A wire story in three revisions, a column, one in Japanese, a recall, a lease of which two things were wrong."""

Json = dict[str, Any]

pytestmark = pytest.mark.slow


def evaluate() -> ModuleType:
    """Import the script that turns a labelled case into drafts."""
    spec = util.spec_from_file_location("evaluate", CASES / "evaluate.py")
    assert spec
    assert spec.loader
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def drafts() -> tuple[list[Json], list[Json]]:
    """Give the articles, and their copies, of the starter set and of the chosen cases."""
    found: list[Json] = []
    for name in CHOSEN:
        found += evaluate().drafts(CASES / name, json.loads((CASES / name / "case.json").read_text(encoding="utf-8")))
    articles = [each for each in found if "copy_of" not in each]
    copies = [each | {"copy_of": _origin(each, articles)} for each in found if "copy_of" in each]
    for name, rows in (("articles", articles), ("copies", copies)):
        lines = (CHECKOUT / "seeds" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        rows.extend(map(json.loads, lines))
    return articles, copies


def _origin(copy: Json, articles: list[Json]) -> str:
    """Name the article of a copy's case: the one that was drafted last before it."""
    [name] = [name for name in CHOSEN if copy["url"] in (CASES / name / "case.json").read_text(encoding="utf-8")]
    found: str = json.loads((CASES / name / "case.json").read_text(encoding="utf-8"))["origin"]["url"]
    assert found in {each["url"] for each in articles}
    return found


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Give a store with the articles and none of their copies."""
    world = tmp_path_factory.mktemp("desk")
    (world / "a.drafts.jsonl").write_text("".join(json.dumps(each) + "\n" for each in drafts()[0]), encoding="utf-8")
    run("init", cwd=world)
    run("ingest", "a.drafts.jsonl", cwd=world)
    return Workspace(world / "store")


@pytest.mark.parametrize("key", ["source_url", ""])
def test_a_file_finds_what_the_store_finds(store: Workspace, tmp_path: Path, key: str) -> None:
    """To the last passage: with the upstream declared, and with none named, by the words alone."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "prov.toml").write_text(
        '[tool.prov.policy]\nfail_on = "refile"\nsilent_update = "note"\n', encoding="utf-8"
    )
    for number, each in enumerate(drafts()[1]):
        named = {key: each["copy_of"]} if key and each["copy_of"] != "auto" else {}
        member = {"title": each["headline"], "body": each["body"]} | named
        (site / f"{number:02}.json").write_text(json.dumps(member), encoding="utf-8")
    file = exported(store, tmp_path / "corrections.json")

    found = from_files(site, file)

    assert len(found.findings) > 20
    assert from_store(store, site) == found
