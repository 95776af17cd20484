"""Words from outside that attack: whatever stands in whichever field, nothing runs, nothing is loaded (TRUST: P12)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from attacks import PAYLOADS, everywhere, executable
from audited import audited
from lxml.html import document_fromstring
from markdown_it import MarkdownIt
from newsroom import Newsroom

from provenance.model.audits import Audit, Chapter
from provenance.report.audit import html, markdown

if TYPE_CHECKING:
    from conftest import Open


@pytest.fixture
def audit(newsroom: Newsroom) -> Audit:
    """Give an audit with a bit of everything: misses of each sort, a disguise, a notice, a copy not seen since."""
    wire = newsroom.publish("Three people died when the ferry went down, the harbour police said on Tuesday.")
    early = newsroom.syndicate(wire, site="early")
    newsroom.syndicate(wire, site="never")
    newsroom.correct(wire, "Three people", "Two people")
    newsroom.revise(wire, "harbour police", "coastguard")
    newsroom.add(wire, "The operator said on Wednesday that it would stop all sailings until the inquiry is over.")
    newsroom.observe(early)
    found = audited(newsroom.workspace)
    kept = tuple(found.chapters())
    return replace(found, chapters=lambda: iter(kept))


def attacked(audit: Audit, payloads: Sequence[str]) -> Audit:
    """Give an audit with as many chapters as payloads, each full of one of them, and the first in its front."""
    chapters = list(audit.chapters())

    def read() -> Iterator[Chapter]:
        return (everywhere(chapter, payload) for payload in payloads for chapter in chapters)

    front = everywhere(replace(audit, chapters=tuple), payloads[0])
    return replace(front, chapters=read, entries=front.entries * len(payloads))


def test_three_hundred_payloads_in_every_field_leave_a_page_inert(audit: Audit) -> None:
    """A parser finds no element that runs, loads or sends, no handler, no style, no address but http(s)."""
    assert len(set(PAYLOADS)) == 300

    found = {payload: list(executable("".join(html.stream(attacked(audit, [payload]))))) for payload in PAYLOADS}

    assert {} == {payload: nodes for payload, nodes in found.items() if nodes}


def test_the_check_would_find_what_runs() -> None:
    """It fails on a page whose writer forgot to escape."""
    assert all(any(executable(f"<body>{core}")) for core in PAYLOADS[:22])


def test_markdown_is_inert_as_well(audit: Audit) -> None:
    """Rendered with raw HTML allowed, no payload becomes an element: each stands within a code span."""
    rendering = MarkdownIt("commonmark")
    ours = {"html", "body", "h1", "h2", "h3", "p", "ul", "li", "strong", "code", "a"}

    for payload in PAYLOADS:
        page = "".join(markdown.stream(attacked(audit, [payload])))
        root = document_fromstring(rendering.render(page))
        assert {node.tag for node in root.iter()} <= ours, payload
        assert all(link.get("href").startswith(("http://", "https://")) for link in root.iter("a"))


@pytest.mark.slow
def test_a_browser_runs_none_of_them(audit: Audit, opened: Open, tmp_path: Path) -> None:
    """With all of them on one page: no script, no dialog, no request, no word on the console, all folds open."""
    path = tmp_path / "attacked.html"
    path.write_bytes("".join(html.stream(attacked(audit, PAYLOADS))).encode())

    found = opened(path)
    found.page.eval_on_selector_all("details", "all => all.forEach(d => d.open = true)")
    found.page.mouse.move(300, 300)

    assert found.page.evaluate("window.hit") is None
    assert ([path.as_uri()], [], []) == (found.asked, found.said, found.dialogs)
    assert found.page.locator("article.chapter").count() == len(PAYLOADS) * len(list(audit.chapters()))
