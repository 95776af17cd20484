"""Files of a republisher held against the articles held."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from republisher import Republisher

from provenance.app.gate.check import check
from provenance.app.gate.scope import Scope
from provenance.app.gate.upstreams import LedgerUpstreams
from provenance.errors import SourceError
from provenance.model import ArticleId, Found, Level, Outcome, State


def test_a_copy_that_was_made_before_a_correction_misses_it(site: Republisher, behind: ArticleId) -> None:
    """The finding names the article, the words that stand there and where, and the words that should."""
    found = site.one("PRV102")

    assert found.fails
    assert (behind, "content/a.md", "Wire") == (found.upstream, found.path, found.publisher)
    assert "Three people died" in found.passages[0].quote
    assert "Two people died" in found.passages[0].wanted
    assert found.place
    assert "Three people died" in (site.root / "content/a.md").read_text().splitlines()[found.place.line - 1]
    assert site.newsroom.now == found.since


def test_a_copy_that_was_mended_passes(site: Republisher, behind: ArticleId) -> None:
    """Taking the corrected text over, notice and all, leaves nothing to say."""
    site.copy(behind)

    assert [] == site.findings()
    assert Outcome.COPY is site.outcome().outcome


def test_a_copy_without_the_notice_is_told(site: Republisher, behind: ArticleId) -> None:
    """The text is mended and the notice was left out: a warning."""
    text = site.copy(behind).read_text()
    site.write("content/a.md", text.partition("Correction:")[0])

    found = site.one("PRV202")
    assert (Level.WARNING, "prov patch content/a.md --note") == (found.level, found.hint)


def test_a_file_that_is_no_copy_passes(site: Republisher, behind: ArticleId) -> None:
    """The site's own article is said to be none."""
    site.copy(behind)
    site.write("content/own.md", "---\ntitle: Tomatoes\n---\n\nHow to grow tomatoes on a balcony in a wet summer.\n")

    assert [] == site.findings()
    assert Outcome.NO_COPY is site.outcome("content/own.md").outcome


@pytest.mark.parametrize("key", ["canonical_url", "copy_of", "source_url", "original_url"])
def test_the_front_matter_names_the_upstream(site: Republisher, behind: ArticleId, key: str) -> None:
    """Each of the usual keys does."""
    text = (site.root / "content/a.md").read_text()
    site.write("content/a.md", text.replace("canonical_url", key))

    assert ["PRV102 content/a.md"] == site.findings()
    assert Found.FRONT_MATTER is site.outcome().found


def test_the_keys_can_be_set(site: Republisher, behind: ArticleId) -> None:
    """`[tool.prov.check] keys` takes the place of the usual ones."""
    text = (site.root / "content/a.md").read_text()
    site.write("content/a.md", text.replace("canonical_url", "Syndicated-From"))
    site.settings(checks='keys = ["syndicated_from"]')

    assert Found.FRONT_MATTER is site.outcome().found


def test_what_names_nothing_is_found_by_its_words(site: Republisher, behind: ArticleId) -> None:
    """Without a pointer, the fingerprints lead to the article."""
    site.unname()

    assert ["PRV102 content/a.md"] == site.findings()
    assert Found.CONTENT is site.outcome().found


def test_a_page_names_its_upstream_by_a_link(site: Republisher, behind: ArticleId) -> None:
    """`<link rel=canonical>` counts, and places are those of the page's source."""
    page = site.newsroom.pages[behind]
    old = [each.replace("Two people died", "Three people died") for each in page.paragraphs]
    body = "\n".join(f"<p>{each}</p>" for each in old)
    head = f'<head><title>{page.headline}</title><link rel="canonical" href="{page.url}"></head>'
    (site.root / "content/a.md").unlink()
    site.write(
        "content/a.html", f"<html>\n{head}\n<body><article><h1>{page.headline}</h1>\n{body}</article></body></html>"
    )

    assert ["PRV102 content/a.html"] == site.findings()
    assert Found.LINK is site.outcome("content/a.html").found


def test_a_manifest_names_the_upstream(site: Republisher, behind: ArticleId) -> None:
    """`prov-manifest.toml` in the folder says it for each file."""
    site.unname()
    url = site.newsroom.pages[behind].url
    site.write("content/prov-manifest.toml", f'[[draft]]\nfile = "a.md"\ncopy_of = "{url}"\n')

    assert ["PRV102 content/a.md"] == site.findings()
    assert Found.MANIFEST is site.outcome().found


def test_an_export_of_a_content_system_is_read(site: Republisher, behind: ArticleId) -> None:
    """Each article of a JSON file is one; the finding says which."""
    page = site.newsroom.pages[behind]
    old = "\n\n".join(each.replace("Two people died", "Three people died") for each in page.paragraphs)
    posts = [
        {"title": "Ours", "html": "<p>A story that is ours alone, about a bakery.</p>"},
        {"title": page.headline, "html": "".join(f"<p>{p}</p>" for p in old.split("\n\n")), "canonical_url": page.url},
    ]
    import json

    (site.root / "content/a.md").unlink()
    site.write("content/export.json", json.dumps({"db": [{"data": {"posts": posts}}]}))
    site.write("content/package.json", '{"name": "a site", "scripts": {}}')

    [found] = site.check().findings
    assert ("PRV102", "content/export.json", "2") == (found.code.value, found.path, found.item)


def test_a_retraction_outweighs_all_else(site: Republisher, behind: ArticleId) -> None:
    """Of an article that must not be used any more, nothing else is told."""
    site.newsroom.retract(behind)

    assert ["PRV101 content/a.md"] == site.findings()


def test_an_update_after_the_moment_of_the_check_is_unseen(site: Republisher, behind: ArticleId) -> None:
    """`now` before the correction: the copy cannot be blamed for lacking it."""
    before = site.newsroom.now - timedelta(minutes=1)

    [found] = site.check(now=before).findings
    assert ("PRV302", False) == (found.code.value, found.fails)


def test_the_same_commit_gives_the_same_result_tomorrow(site: Republisher, behind: ArticleId) -> None:
    """With `now` given, nothing else of the day enters."""
    assert site.check(now=site.newsroom.now) == site.check(now=site.newsroom.now)


def test_a_check_leaves_the_store_as_it_was(site: Republisher, behind: ArticleId) -> None:
    """Files that are checked do not become facts, and no conclusion changes."""
    site.check()
    head, rows = site.newsroom.workspace.store.head(), site.newsroom.workspace.ledger.rows()

    site.check()

    assert (head, rows) == (site.newsroom.workspace.store.head(), site.newsroom.workspace.ledger.rows())


def test_a_copy_of_a_copy_is_held_against_the_origin(site: Republisher, behind: ArticleId) -> None:
    """The copy in the middle is behind itself; who copied it misses the origin's correction all the same."""
    newsroom = site.newsroom
    wire = newsroom.publish("Seven boats were lost in the storm off Harrowmouth, the coastguard said.", site="agency")
    mirror = newsroom.syndicate(wire)
    site.copy(mirror, "content/b.md")
    newsroom.correct(wire, "Seven boats", "Five boats")

    [found] = site.check("content/b.md").findings
    assert ("PRV102", wire) == (found.code.value, found.upstream)


# --- bad input


def test_an_article_of_another_that_is_claimed_is_no_proof(site: Republisher, behind: ArticleId) -> None:
    """A canonical link to an article that the text is no copy of is told, and the words still decide."""
    other = site.newsroom.publish("Bakers in Tarn Valley bake the longest loaf.", headline="Loaf", rest=())
    text = (site.root / "content/a.md").read_text()
    wrong = site.newsroom.pages[other].url
    site.write("content/a.md", text.replace(site.newsroom.pages[behind].url, wrong))

    assert ["PRV102 content/a.md", "PRV402 content/a.md"] == sorted(site.findings())


def test_two_upstreams_claimed_are_told_and_both_looked_at(site: Republisher, behind: ArticleId) -> None:
    """What the file misses of the one that it is a copy of is not hidden by the other."""
    other = site.newsroom.publish("Bakers in Tarn Valley bake the longest loaf.", headline="Loaf", rest=())
    site.copy(behind, "content/b.md", also=f"source_url: {site.newsroom.pages[other].url}\n")

    codes = {each.code.value for each in site.check("content/b.md").findings}
    assert {"PRV402", "PRV403"} <= codes


def test_an_upstream_that_is_not_held_fails(site: Republisher) -> None:
    """A file that calls itself a copy of something unknown was not checked, and is never green."""
    site.write("content/a.md", "---\ncopy_of: https://nobody.example/a\n---\n\nA story from somewhere else.\n")

    found = site.one("PRV401")
    assert found.fails


def test_the_sites_own_address_is_no_upstream(site: Republisher) -> None:
    """A canonical URL that is not held is most often the page's own."""
    site.write("content/a.md", "---\ncanonical_url: https://us.example/a\n---\n\nA story of our own.\n")

    assert [] == site.findings()


def test_another_sites_address_is_an_upstream_where_the_own_hosts_are_known(site: Republisher) -> None:
    """With `own` set, a canonical URL elsewhere is taken at its word."""
    site.settings(checks='own = ["us.example"]')
    site.write("content/a.md", "---\ncanonical_url: https://us.example/a\n---\n\nA story of our own.\n")
    site.write("content/b.md", "---\ncanonical_url: https://them.example/b\n---\n\nA story of theirs.\n")

    assert ["PRV401 content/b.md"] == site.findings()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("content/a.md", b"---\ntitle: [broken\n---\n\nText.\n"),
        ("content/a.md", b"---\ntitle: &a x\nother: *a\n---\n\nText.\n"),
        ("content/a.txt", bytes(range(128, 256)) * 20),
        ("content/a.md", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50),
        ("content/a.html", b"no tag at all"),
        ("content/a.json", b'{"articles": [{"title"'),
        ("content/a.jsonl", b'{"body": "One."}\nnot JSON\n'),
    ],
)
def test_what_cannot_be_read_is_never_green(site: Republisher, name: str, content: bytes) -> None:
    """A broken front matter, bytes that are no text, broken JSON: a finding, and not a crash."""
    site.write(name, content)

    assert [f"PRV404 {name}"] == site.findings()
    assert Outcome.NOT_CHECKED in {each.outcome for each in site.check().files}


def test_a_file_without_words_can_be_no_copy(site: Republisher) -> None:
    """A list page of a site generator has a front matter alone; an empty file has nothing."""
    site.write("content/_index.md", "---\ntitle: ''\nlayout: list\n---\n")
    site.write("content/empty.md", "")

    assert [] == site.findings()
    assert {Outcome.NO_COPY} == {each.outcome for each in site.check().files}


def test_no_link_out_of_the_project_is_followed(site: Republisher, tmp_path: Path) -> None:
    """A symbolic link that leads elsewhere is told, in a folder and by name; one inside the project is read."""
    (tmp_path / "secret.md").write_text("Secret.\n")
    site.write("content/real.md", "A story of our own.\n")
    (site.root / "content/out.md").symlink_to(tmp_path / "secret.md")
    (site.root / "content/in.md").symlink_to("real.md")
    (site.root / "content/dir").symlink_to(tmp_path)

    assert ["PRV404 content/dir", "PRV404 content/out.md"] == site.findings()
    assert ["PRV404 content/out.md"] == site.findings("content/out.md")
    assert {"content/in.md", "content/real.md"} <= {each.path for each in site.check().files}


def test_what_is_hidden_or_made_is_passed_over(site: Republisher) -> None:
    """Neither hidden folders nor what a build leaves behind; but a file that is named is read."""
    for name in (".git/a.md", "node_modules/x/README.md", "_site/a.html", ".venv/a.txt", "content/a.css"):
        site.write(name, "<p>Something</p>")

    assert () == site.check().files
    assert 1 == len(site.check("_site/a.html").files)


def test_a_path_that_is_not_there_is_refused(site: Republisher) -> None:
    """A typing error is not an empty folder."""
    with pytest.raises(SourceError, match="no such file"):
        site.check("contents")


def test_a_fifo_does_not_hang(site: Republisher) -> None:
    """What is no regular file is told."""
    (site.root / "content").mkdir()
    os.mkfifo(site.root / "content/a.md")

    assert ["PRV404 content/a.md"] == site.findings()


def test_invisible_characters_in_a_copy_are_told(site: Republisher, behind: ArticleId) -> None:
    """They do not keep its words from being compared."""
    text = (site.root / "content/a.md").read_text()
    site.write("content/a.md", text.replace("people", "peo\u200bple"))

    assert {"PRV102 content/a.md", "PRV405 content/a.md"} == set(site.findings())


def test_many_files_are_answered_in_their_order(site: Republisher, behind: ArticleId) -> None:
    """More than a batch: each has its answer, and progress is told."""
    for number in range(400):
        site.write(f"content/{number:04}.md", f"Piece number {number} is ours.\n")
    told: list[int] = []
    upstreams = LedgerUpstreams(site.newsroom.workspace)

    verdict = check(upstreams, Scope(site.project, (site.root,)), site.newsroom.now, progress=told.append)

    paths = [each.path for each in verdict.files]
    assert sorted(paths) == paths
    assert list(range(1, 402)) == told


def test_a_finding_keeps_its_id_when_lines_move(site: Republisher, behind: ArticleId) -> None:
    """The id is made of the path, the code, the article and the update."""
    before = site.one("PRV102")
    text = (site.root / "content/a.md").read_text()
    site.write("content/a.md", text.replace("\nThree people", "\nA paragraph of ours.\n\nThree people"))

    after = site.one("PRV102")
    assert before.id == after.id
    assert before.place != after.place


def test_what_is_missed_in_part_says_so(site: Republisher, behind: ArticleId) -> None:
    """The copy has the notice, and its text is as it was."""
    text = (site.root / "content/a.md").read_text()
    [note] = site.newsroom.pages[behind].notices
    site.write("content/a.md", f"{text}\n{note}\n")

    found = site.one("PRV102")
    assert "only a part" in found.message
    assert State.PARTIAL.value not in found.message
