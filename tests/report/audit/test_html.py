"""The page: its answer, what stands beside each miss, how it is cut into parts, and how large it gets."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256

from audited import audited
from everything import made
from lxml.html import HtmlElement, document_fromstring
from newsroom import Newsroom

from provenance.model.audits import Audit, Exhibit, Miss
from provenance.report.audit import html

OLD, NEW = "Three people", "Two people"


def page(audit: Audit) -> HtmlElement:
    """Give the page as a tree."""
    return document_fromstring("".join(html.stream(audit)).encode())


def text(node: HtmlElement) -> str:
    """Give the words of a node, blanks put together."""
    return " ".join(node.text_content().split())


def behind(newsroom: Newsroom) -> Audit:
    """Give the audit of a story that was corrected, with a copy that was not."""
    wire = newsroom.publish(f"{OLD} died when the ferry went down, the harbour police said on Tuesday.")
    copy = newsroom.syndicate(wire)
    newsroom.correct(wire, OLD, NEW)
    newsroom.observe(copy)
    return audited(newsroom.workspace)


def test_an_empty_store_is_said_to_be_empty(newsroom: Newsroom) -> None:
    """There is nothing to answer, and the page says so in its heading."""
    assert "Nothing is stored yet." == text(page(audited(newsroom.workspace)).find(".//h1"))


def test_nothing_behind_is_said_as_plainly(newsroom: Newsroom) -> None:
    """Where every copy that was seen carries everything, that is the answer."""
    newsroom.syndicate(newsroom.publish("Three people died when the ferry went down."))

    assert "Every copy that was seen is up to date." == text(page(audited(newsroom.workspace)).find(".//h1"))


def test_an_article_to_which_nothing_happened_is_told_in_a_few_lines(newsroom: Newsroom) -> None:
    """How many copies are known and how they stand; the copies with their addresses and all ids are folded away."""
    wire = newsroom.publish("Three people died when the ferry went down.")
    copy = newsroom.syndicate(wire)
    audit = audited(newsroom.workspace)
    [exhibit] = next(iter(audit.chapters())).exhibits

    [chapter] = page(audit).find_class("quiet")

    assert "Nothing changed: one revision is held. The one copy that is known is up to date." == text(
        chapter.find_class("sum")[0]
    )
    [fold] = chapter.find_class("record")
    assert f"prov explain {copy}, text {exhibit.digest}" in text(fold)
    assert f"prov status {wire}" in text(fold)
    assert [exhibit.article.url] == fold.xpath(".//a/@href")


def test_a_miss_has_the_old_words_the_new_ones_and_the_sentence_to_send(newsroom: Newsroom) -> None:
    """The copy's own sentence with its line, the same with the edit made, and what to write to its publisher."""
    [passage] = page(behind(newsroom)).find_class("passage")

    said = f"“{OLD} died when the ferry went down, the harbour police said on Tuesday.”"
    right = f"“{NEW} died when the ferry went down, the harbour police said on Tuesday.”"
    when = "(correction of 4 March 2025, 12:00 UTC)"
    assert "The copy, line 3" == text(passage.find_class("cap")[0])
    assert ["[out of date: Three]"] == [text(each) for each in passage.iter("del")]
    assert ["[new: Two]"] == [text(each) for each in passage.iter("ins")]
    assert f"To send In line 3 your page says {said} The article now says {right} {when}." == text(
        passage.find_class("send")[0]
    )


def test_what_gives_the_verdict_again_stands_beside_it(newsroom: Newsroom) -> None:
    """The copy's id, the digest of its text and the command stand under each copy."""
    audit = behind(newsroom)
    [chapter] = audit.chapters()
    [exhibit] = chapter.exhibits

    [shown] = page(audit).find_class("exhibit")

    assert f"prov explain {exhibit.copy.article}" in text(shown)
    assert exhibit.digest in text(shown)


def test_the_policy_lets_nothing_in_but_the_one_style() -> None:
    """Default none; the style is named by its digest, so that not even another style works."""
    root = page(made())
    [style] = root.iter("style")
    digest = b64encode(sha256(style.text.encode()).digest()).decode()

    [policy] = root.xpath("//meta[@http-equiv]/@content")

    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert ["no-referrer"] == root.xpath("//meta[@name='referrer']/@content")


def test_every_link_within_the_page_leads_somewhere() -> None:
    """No anchor is missing, and none is there twice."""
    root = page(made())
    anchors = root.xpath("//@id")

    assert len(anchors) == len(set(anchors))
    assert set() == {each[1:] for each in root.xpath("//a/@href") if each.startswith("#")} - set(anchors)


def test_a_link_away_gives_nothing_away() -> None:
    """Links out of the page say neither where they come from nor hand the window over."""
    links = page(made()).xpath("//a[starts-with(@href, 'http')]")

    assert links
    assert {"noopener noreferrer nofollow"} == {each.get("rel") for each in links}


def test_a_file_that_has_no_address_is_no_link() -> None:
    """`https://file.invalid/…` stands for a file, and is shown as words."""
    assert not page(made()).xpath("//a[contains(@href, 'file.invalid')]")


def test_the_page_comes_in_parts(newsroom: Newsroom) -> None:
    """A front, a part for each chapter as it is read, an end: a long report is never held whole."""
    audit = made()
    read: list[int] = []

    def chapters() -> object:
        for n, each in enumerate(audit.chapters()):
            read.append(n)
            yield each

    parts = html.stream(replace(audit, chapters=chapters))  # type: ignore[arg-type]

    assert next(parts).startswith("<!doctype html>")
    assert [] == read
    next(parts)
    assert [0] == read


def test_the_same_audit_gives_the_same_bytes() -> None:
    """Nothing in a page depends on anything but the audit."""
    assert list(html.stream(made())) == list(html.stream(made()))


def test_one_article_with_fifty_copies_stays_small() -> None:
    """Fifty copies that each miss two passages make a page of at most 300 kB."""
    assert len("".join(html.stream(made(copies=50))).encode()) <= 300_000


def test_copies_of_the_same_text_are_told_together(newsroom: Newsroom) -> None:
    """The evidence stands once, and each other page with its address and its own anchor."""
    wire = newsroom.publish(f"{OLD} died when the ferry went down, the harbour police said on Tuesday.")
    copies = [newsroom.syndicate(wire, site=f"mirror{n}") for n in range(3)]
    newsroom.correct(wire, OLD, NEW)
    for copy in copies:
        newsroom.observe(copy)

    root = page(audited(newsroom.workspace))

    assert 1 == len(root.find_class("exhibit"))
    assert "The same text, word for word, stands at 2 more pages:" in text(root)
    assert {f"c-{wire}-{copy}" for copy in copies} <= set(root.xpath("//@id"))


def test_controls_and_turned_words_are_shown_as_escapes(newsroom: Newsroom) -> None:
    """A headline cannot turn the words around it, nor hide any."""
    newsroom.publish("Three people died.", headline="Ferry \u202esinks\u202c in calm")

    shown = "".join(html.stream(audited(newsroom.workspace)))

    assert not re.search("[\u202a-\u202e]", shown)
    assert "Ferry \\u202esinks\\u202c in calm" in shown


def test_a_chapter_of_any_size_becomes_a_page() -> None:
    """Five hundred updates, thirty copies and sentences of a hundred thousand letters: a page, and not a large one."""
    audit = made(copies=30)
    [chapter] = audit.chapters()
    update = replace(chapter.history.updates[0], because="x" * 300)
    updates = tuple(replace(update, id=f"{n:012x}", revision=n % 3 + 1) for n in range(500))
    long = tuple(_long(each, [update.id for update in updates]) for each in chapter.exhibits)
    huge = replace(chapter, history=replace(chapter.history, updates=updates), exhibits=long)

    size = sum(map(len, html.stream(replace(audit, chapters=lambda: iter([huge])))))

    assert size < 1_000_000


def _long(exhibit: Exhibit, updates: list[str]) -> Exhibit:
    [standing] = exhibit.copy.standings
    edits = tuple(replace(each, quote=each.quote * 1000, wanted=each.wanted * 1000) for each in standing.edits)
    standings = tuple(replace(standing, update=each, edits=edits) for each in updates)
    misses = tuple(
        Miss(replace(each.update, id=updates[0]), each.edit, replace(each.standing, quote="word " * 20_000))
        for each in exhibit.misses
    )
    return replace(exhibit, copy=replace(exhibit.copy, standings=standings), misses=misses)
