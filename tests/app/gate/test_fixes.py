"""The fixes of a check's findings: put into the file by a program, they are what `prov patch --write` writes."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from republisher import Republisher

from provenance.app.gate.fixes import fixed
from provenance.app.gate.upstreams import LedgerUpstreams
from provenance.app.patch import patch
from provenance.model import ArticleId, Verdict
from provenance.report.gate import FORMATS

LATER = datetime(2027, 1, 1, tzinfo=UTC)
LAST = "The line will run again on Friday, its owner said."


@pytest.fixture
def story(site: Republisher) -> ArticleId:
    """Give a story that was corrected twice, once by an added paragraph, since it was taken over."""
    wire = site.newsroom.publish(
        "Three people died when the ferry went down & sank off Skerrin Point, the police said."
    )
    page = site.newsroom.pages[wire]
    taken(site, page.url, page.headline, page.paragraphs)
    site.newsroom.correct(wire, "Three people died", "Two people died")
    site.newsroom.add(wire, LAST)
    return wire


def taken(site: Republisher, url: str, headline: str, paragraphs: tuple[str, ...]) -> None:
    """Write an article into files of each format, the last one a file of two articles."""
    html = "\n".join(f"  <p>{each.replace('&', '&amp;')}</p>" for each in paragraphs)
    link = f'<link rel="canonical" href="{url}">'
    front = f"---\r\ntitle: {headline}\r\ncanonical_url: {url}\r\n---\r\n\r\n"
    bold = [each.replace("the police", "**the police**") for each in paragraphs]
    site.write("content/a.md", front + "\r\n\r\n".join(bold) + "\r\n")
    page = f"<html><head><title>{headline}</title>{link}</head><body><h1>{headline}</h1>\n{html}\n</body></html>\n"
    site.write("content/a.html", page)
    site.write("content/b.md", "\ufeff" + front.replace("\r", "") + "\n\n".join(paragraphs) + "\n")
    post = {"title": headline, "html": html, "canonical_url": url}
    other = {"title": headline, "html": html.replace("Skerrin", "the Skerrin"), "canonical_url": url}
    site.write("content/a.json", json.dumps({"posts": [post, other]}, indent=2))


def checked(site: Republisher, name: str) -> Verdict:
    """Check one file, with what is to be replaced in it."""
    verdict = site.check(name, now=LATER)
    return fixed(verdict, LedgerUpstreams(site.newsroom.workspace), site.project)


def mended(text: str, results: list[dict[str, Any]]) -> str:
    """Put every replacement of a SARIF log into a file's text, each once."""
    starts = [0, *(found.end() for found in re.finditer(r"\r\n|\r|\n", text))]
    wanted: dict[tuple[int, int], str] = {}
    for result in results:
        for change in (change for fix in result.get("fixes", ()) for change in fix["artifactChanges"]):
            for each in change["replacements"]:
                region = each["deletedRegion"]
                first = starts[region["startLine"] - 1] + region["startColumn"] - 1
                last = starts[region["endLine"] - 1] + region["endColumn"] - 1
                wanted[first, last] = each["insertedContent"]["text"]
    for (first, last), words in sorted(wanted.items(), reverse=True):
        text = text[:first] + words + text[last:]
    return text


@pytest.mark.parametrize("name", ["content/a.md", "content/a.html", "content/b.md", "content/a.json"])
def test_a_fix_is_what_a_patch_would_write(site: Republisher, story: ArticleId, name: str) -> None:
    """All fixes of a file, read from SARIF and put in by somebody else, give the very bytes of the patched file."""
    path = site.root / name
    [run] = json.loads(FORMATS["sarif"](checked(site, name)))["runs"]
    made = patch(LedgerUpstreams(site.newsroom.workspace), site.project, path, LATER)

    text = path.read_bytes().decode("utf-8-sig")
    result = mended(text, run["results"])
    assert text != result
    assert made.bytes.decode("utf-8-sig") == result
    assert "Two people died" in result
    assert LAST in result


def test_each_finding_has_its_own_fix(site: Republisher, story: ArticleId) -> None:
    """The correction's is the word, the development's is the paragraph; in a file of several articles, of its own."""
    found = {(each.item, each.code.value): each.fixes for each in checked(site, "content/a.json").findings}

    assert {("1", "PRV102"), ("1", "PRV104"), ("2", "PRV102"), ("2", "PRV104")} == set(found)
    for item in ("1", "2"):
        [[word], [paragraph]] = found[item, "PRV102"], found[item, "PRV104"]
        assert "Two" == word.text
        assert LAST in paragraph.text
    assert found["1", "PRV102"] != found["2", "PRV102"]


def test_what_is_accepted_or_withdrawn_has_no_fix(site: Republisher, story: ArticleId) -> None:
    """Nothing that is put into the file makes it right."""
    site.newsroom.retract(story)

    [found] = checked(site, "content/a.md").findings
    assert ("PRV101", (), "take the article down; it must not be used any more") == (
        found.code.value,
        found.fixes,
        found.hint,
    )


def test_a_statement_that_is_retracted_is_to_be_patched(site: Republisher) -> None:
    """The article stands, and nobody is told to take it down; the other findings of the file are told as well."""
    said = "An aide to the mayor said that the harbour master had been drunk that night."
    wire = site.newsroom.publish("The ferry went down off Skerrin Point at 9.14 in the morning, the police said.", said)
    site.copy(wire)
    note = "Retraction: The statement that the harbour master had been drunk that night has been retracted."
    site.newsroom.correct(wire, said, "", note=note)
    site.newsroom.correct(wire, "9.14 in the morning", "4.19 in the afternoon")

    found = {each.code.value: each for each in checked(site, "content/a.md").findings}
    assert {"PRV101", "PRV102"} == set(found)
    assert not found["PRV101"].withdraws
    assert "prov patch content/a.md" == found["PRV101"].hint
    assert found["PRV101"].fixes
