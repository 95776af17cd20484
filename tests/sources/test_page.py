"""A page becomes its article: the metadata, the text, and the notes that an extractor drops."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.errors import SourceError
from provenance.sources import page

FIRST = (
    "Councillors voted on Monday night to lease the inner harbour to a boatyard for 49 years, ending a long dispute."
)
SECOND = (
    "The deal gives the yard the two quays, the slipway and the old ice house in return for a rent of 210,000 a year."
)
LAST = (
    "The harbour office, with a staff of three, would close on the same day, and the harbourmaster declined to comment."
)
NOTE = "Correction: an earlier version of this article said 99 years. It is 49."


def made(body: str = "", head: str = "", article: str = "") -> bytes:
    """Give a page with an article of three paragraphs, with something in its head, its article or around it."""
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Lease signed | Courier</title>{head}
    </head>
    <body><nav><a href="/">Home</a> <a href="/corrections">Corrections and clarifications</a></nav>
    <main><article><h1>Lease signed</h1><p>{FIRST}</p>{article}<p>{SECOND}</p><p>{LAST}</p></article></main>{body}
    <footer><p>About us. <a href="/c">Report a correction</a></p></footer></body></html>""".encode()


def linked(**values: object) -> str:
    """Give a script of JSON-LD about an article."""
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **values})}</script>'


def paragraphs(document: bytes) -> list[str]:
    """Read a page into its paragraphs."""
    return page.read(document).text.strip().split("\n\n")


def test_a_page_says_what_it_is() -> None:
    """JSON-LD gives headline, authors, times, publisher, correction and what it is based on; the link its URL."""
    found = page.read(
        made(
            head='<link rel="canonical" href="https://courier.example/a">'
            + linked(
                headline="Lease signed",
                author=[{"@type": "Person", "name": "Ann Smith"}, {"name": "Bo Lind"}],
                datePublished="2025-03-04T09:12:00Z",
                dateModified="2025-03-04T15:40:00+01:00",
                publisher={"@type": "Organization", "name": "Harbour Courier"},
                correction={"@type": "CorrectionComment", "text": "It is 49 years."},
                isBasedOn={"@id": "https://wire.example/w"},
            )
        )
    )

    assert ("https://courier.example/a", "Lease signed", "Ann Smith, Bo Lind") == (
        found.url,
        found.headline,
        found.byline,
    )
    assert ("Harbour Courier", "en") == (found.publisher, found.language)
    assert datetime(2025, 3, 4, 9, 12, tzinfo=UTC) == found.published
    assert datetime(2025, 3, 4, 14, 40, tzinfo=UTC) == found.modified
    assert ("It is 49 years.",) == found.notices
    assert {"isBasedOn": ["https://wire.example/w"]} == dict(found.extra)
    assert found.reader.startswith("html trafilatura/")
    assert ["Lease signed", FIRST, SECOND, LAST] == found.text.strip().split("\n\n")


def test_meta_tags_say_what_json_ld_does_not() -> None:
    """OpenGraph and article:* are the second choice; a relative canonical link is joined with og:url."""
    found = page.read(
        made(
            head='<link rel="canonical" href="/a?x=1"><meta property="og:url" content="https://courier.example/b">'
            '<meta property="og:site_name" content="Courier"><meta property="og:title" content="Lease signed">'
            '<meta name="author" content="Ann Smith">'
            '<meta property="article:published_time" content="2025-03-04T09:12:00">'
        )
    )

    assert ("https://courier.example/a?x=1", "Courier", "Ann Smith") == (found.url, found.publisher, found.byline)
    assert datetime(2025, 3, 4, 9, 12, tzinfo=UTC) == found.published
    assert ("tz-unknown",) == found.flags


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (f'<div class="correction"><p>{NOTE}</p></div>', 2),
        (f'<aside id="editors-note">{NOTE}</aside>', 2),
        (f"<p><em>{NOTE}</em></p>", 2),
        (f'<div class="x"><div class="y"><span>{NOTE}</span></div></div>', 2),
        (f'<section class="article-amendment">{NOTE}</section>', 2),
    ],
)
def test_a_note_in_the_article_stands_where_it_stood(place: str, expected: int) -> None:
    """A correction note is never lost as boilerplate, and stands once, in its place."""
    assert ["Lease signed", FIRST, NOTE, SECOND, LAST] == paragraphs(made(article=place))
    assert expected == paragraphs(made(article=place)).index(NOTE)


@pytest.mark.parametrize(
    "around",
    [
        f'<div class="correction">{NOTE}</div>',
        f'<footer><p class="note">{NOTE}</p></footer>',
        f"<aside><p>{NOTE}</p></aside>",
        f'<ul class="notes"><li>{NOTE}</li></ul>',
        f"<small>{NOTE}</small>",
    ],
)
def test_a_note_below_the_article_stands_at_its_end(around: str) -> None:
    """Also outside the article, and in a footer, a note is found; a link to a corrections page is none."""
    assert ["Lease signed", FIRST, SECOND, LAST, NOTE] == paragraphs(made(body=around))


@pytest.mark.parametrize(
    "note",
    [
        "This article was amended on 5 March 2025 to correct the length of the lease.",
        "Korrektur: In einer früheren Version hieß es, die Pacht laufe 99 Jahre.",
        "Rectificatif : une version précédente indiquait une durée de 99 ans.",
        "Fe de errores: una versión anterior decía 99 años.",
        "訂正：当初の記事では99年としていましたが、49年の誤りでした。",
        "Виправлення: у попередній версії йшлося про 99 років.",
        "تصحيح: ذكرت نسخة سابقة أن العقد يمتد 99 عاما.",
    ],
)
def test_a_note_is_known_by_its_opening_words_in_many_languages(note: str) -> None:
    """Without a class, the words that a note opens with tell."""
    assert note in paragraphs(made(body=f"<div>{note}</div>"))


def test_byline_date_and_caption_lines_stay() -> None:
    """What stands between headline and text, and a caption among the text, is visible and stays."""
    document = made(article="<figure><img src=x><figcaption>The quay. Ana Ruiz / AFP</figcaption></figure>").replace(
        b"</h1>", b'</h1><p class="byline">By <a href="/ann">Ann Smith</a></p><time>4 March 2025</time>'
    )

    assert [
        "Lease signed",
        "By Ann Smith",
        "4 March 2025",
        FIRST,
        "The quay. Ana Ruiz / AFP",
        SECOND,
        LAST,
    ] == paragraphs(document)
    assert "Ann Smith" == page.read(document).byline


def test_what_is_not_shown_or_struck_out_is_not_text() -> None:
    """Scripts, templates, hidden elements and deleted words are no article text (bad input 22)."""
    document = made(
        article="<p>It runs for <del>99</del> <s>98</s> 49 years.</p><script>var a = 'secret one'</script>"
        '<p style="display: none">secret two</p><p hidden>secret three</p><template><p>secret four</p></template>'
    )

    assert "It runs for 49 years." in paragraphs(document)
    assert "secret" not in page.read(document).text


def test_related_stories_and_navigation_are_not_text() -> None:
    """What stands beside an article is none of it."""
    document = made(
        article='<aside class="related"><ul><li><a href="/x">Another story about boats</a></li></ul></aside>'
        '<div class="newsletter"><p>Sign up for our newsletter</p></div>'
    )

    assert ["Lease signed", FIRST, SECOND, LAST] == paragraphs(document)


ABOVE = '<div id="header"><p>The Courier, since 1887</p></div><ul class="menu"><li><a href="/">News</a></li></ul>'
BELOW = """<div class="related"><p>More of this sort</p></div><div id="comments"><p>I do not believe a word.</p></div>
    <div id="footer"><p>All rights reserved.</p><p>Correction: An earlier version of this had another year.</p></div>"""


@pytest.mark.parametrize("box", ["div id=content", "div", "section", "body"])
@pytest.mark.parametrize("framed", [False, True])
def test_where_nothing_marks_the_article_its_box_is_found(box: str, framed: bool) -> None:  # noqa: FBT001
    """The innermost box with the headline and the text: no line of it is lost; of its frames a note alone is taken."""
    above, below = (ABOVE, BELOW) if framed else ("", "")
    lines = ["What it says in one sentence.", FIRST, "A short line", SECOND, "Dead Two", LAST, "The end"]
    shown = (
        f"<header class=page-header><h1>Lease signed</h1><p>{lines[0]}</p></header><p>{lines[1]}</p>"
        f"<div>{lines[2]}</div><div class=paywall><p>{lines[3]}</p></div>"
        f"<table><tr><td>Dead</td><td>Two</td></tr></table><p>{lines[5]}</p>{lines[6]}"
    )
    story = f"{above}<{box}>{shown}</{box.split(maxsplit=1)[0]}>{below}"
    whole = f"<html class=has-sidebar><body class='menu-open'>{story}</body></html>".encode()

    note = ["Correction: An earlier version of this had another year."] if framed else []
    assert ["Lease signed", *lines, *note] == paragraphs(whole)


def test_what_an_article_stands_in_may_have_any_name() -> None:
    """A form around the whole page, as some systems make it, a box with a share in its name: the article is in them."""
    lines = [FIRST, "A short line", SECOND, "Another one", LAST]
    story = "<h1>Lease signed</h1>" + "".join(f"<div>{line}</div>" for line in lines)
    for box in ("article", "div"):
        inner = f"<form><div class='sidebar-left'><{box}>{story}</{box}></div></form>"
        assert ["Lease signed", *lines] == paragraphs(f"<html><body>{inner}</body></html>".encode())


@pytest.mark.parametrize(
    "block",
    [
        '{"a": NaN}',
        '{"@type": "Article", "headline": "a", "headline": "b"}',
        "[" * 100_000,
        '{"a": ' + "1" * 10_000 + "}",
    ],
)
def test_unsound_json_ld_is_refused_and_the_article_stands(block: str) -> None:
    """NaN, duplicate keys, endless numbers and depth cost the metadata only (bad input 61)."""
    found = page.read(made(head=f'<script type="application/ld+json">{block}</script>'))

    assert ("json-ld-refused",) == found.flags
    assert FIRST in found.text


def test_many_titles_and_canonical_links_are_ambiguous() -> None:
    """The first one counts, with a flag (bad input 23)."""
    links = "".join(f'<link rel="canonical" href="https://courier.example/{n}"><title>T{n}</title>' for n in range(200))
    found = page.read(made(head=links))

    assert "https://courier.example/0" == found.url
    assert "ambiguous" in found.flags
    assert "Lease signed" == found.headline


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "JAVA\tSCRIPT:x", "http://a@b.example/"])
def test_a_link_that_is_no_address_is_no_url(url: str) -> None:
    """A canonical link of another scheme is never believed (bad input 26)."""
    found = page.read(made(head=f'<link rel="canonical" href="{url}">'))

    assert "" == found.url
    assert "url-refused" in found.flags


@pytest.mark.parametrize(
    "title", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7}}", "</script>", "\x1b]0;owned\x07"]
)
def test_a_hostile_title_is_stored_as_words(title: str) -> None:
    """What looks like code is text like any other (bad inputs 24, 25, 28)."""
    escaped = title.replace("<", "&lt;").replace('"', "&quot;")
    found = page.read(made().replace(b"Lease signed", escaped.encode()))

    assert title.replace("\x1b", "").replace("\x07", "") == found.headline


def test_a_page_that_breaks_off_is_flagged() -> None:
    """A page cut inside a tag is read and marked (bad input 17)."""
    assert ("truncated-suspected",) == page.read(made()[:-150] + b"<p cla").flags
    assert () == page.read(made()).flags


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (b"%PDF-1.7 ...", "not HTML: it is a PDF"),
        (b"\x89PNG\r\n\x1a\n....", "not HTML: it is a PNG"),
        (b"PK\x03\x04....", "not HTML: it is a ZIP"),
        (b"no tags at all", "not HTML: there is no tag"),
        (b"<html></html>", "no article text"),
        (b"<html><body><h1>Title alone</h1></body></html>", "no article text"),
        (b"<div>" * 250 + b"deep words", "nested too deep"),
        (b"<div>" * 260 + b"deep words", "nested too deep"),
        (b"<div>" * 40_000 + b"deep words", "nested too deep"),
        (b"<p " + b" ".join(b"a%d=1" % n for n in range(300_000)) + b">x</p>", "attributes"),
        (b"<p " + b"".join(b'a%d=">"' % n for n in range(300_000)) + b">x</p>", "attributes"),
        (b"<p>" * 2_500_000, "tags"),
    ],
)
def test_what_is_no_page_or_could_hurt_is_refused(document: bytes, message: str) -> None:
    """Other formats, empty pages, depth, attributes and tags beyond the limits (bad inputs 2, 16, 18 to 20)."""
    with pytest.raises(SourceError, match=message):
        page.read(document)


def test_a_text_of_ten_megabytes_is_whole() -> None:
    """One huge text is read, and nothing of it is dropped (bad input 21)."""
    found = page.read(b"<html><body><article><p>" + b"word " * 2_000_000 + b"end</p></article></body></html>")

    assert 10_000_003 == len(found.text.strip())


def test_surrogates_and_nul_in_a_page_are_resolved() -> None:
    """A surrogate by reference is U+FFFD and NUL is nothing; both would break what comes after (bad inputs 14, 15)."""
    found = page.read(made(article="<p>one &#xD800;two&#55357;\x00 three and some more words to make it long</p>"))

    assert "one \ufffdtwo\ufffd three" in found.text


@pytest.mark.parametrize(("charset", "flags"), [("utf-8", ()), ("iso-8859-1", ("charset-conflict",))])
def test_the_charset_that_a_page_declares_is_checked(charset: str, flags: tuple[str, ...]) -> None:
    """UTF-8 is UTF-8 whatever the page says, and that it says otherwise is flagged (bad input 12)."""
    document = made(article="<p>Éloïse said that it was so, and so it was.</p>").replace(b"utf-8", charset.encode())
    found = page.read(document)

    assert "Éloïse" in found.text
    assert flags == found.flags


def test_a_page_in_another_charset_is_read_in_it() -> None:
    """Bytes in what the page declares are decoded so; bytes in Latin-1 that claim UTF-8 are flagged."""
    document = made(article="<p>Éloïse said that it was so, and so it was.</p>").decode()

    assert "Éloïse" in page.read(document.replace("utf-8", "windows-1252").encode("cp1252")).text
    conflicting = page.read(document.encode("cp1252"))
    assert "Éloïse" in conflicting.text
    assert "charset-conflict" in conflicting.flags


words = st.lists(st.from_regex(r"[a-z]{2,9}", fullmatch=True), min_size=12, max_size=30).map(" ".join)


@settings(max_examples=40)
@given(st.lists(words, min_size=3, max_size=7, unique=True), st.sampled_from(["p", "blockquote", "h3"]))
def test_no_paragraph_among_the_others_is_lost(parts: list[str], tag: str) -> None:
    """Every visible paragraph of an article is in its text, in order, whatever the extractor thinks of it."""
    body = "".join(f"<{tag if n == 1 else 'p'}>{part}.</{tag if n == 1 else 'p'}>" for n, part in enumerate(parts))
    text = page.read(f"<html><body><article><h1>Lease signed</h1>{body}</article></body></html>".encode()).text

    assert " ".join(f"{part}." for part in parts).split() == text.split()[2:]
