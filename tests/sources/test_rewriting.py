"""Splices in a source file: only they change, and the file reads as was meant, in every format."""

from __future__ import annotations

import html
import json
import random
import textwrap
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.engine.patching import Splice, Spliced
from provenance.sources import exports, markdown, page, plain
from provenance.sources.escaping import form
from provenance.sources.rewriting import Rewritten, rewrite

READERS: dict[str, Any] = {"markdown": markdown.read, "html": page.read, "text": plain.read}
REST = (
    "The ferry Kittiwake had left Harrowmouth at seven in the morning with a full car deck, harbour records show.",
    "Divers from the coastguard searched the wreck until dusk and will go down again as soon as the wind allows.",
)


def read(source: str, kind: str) -> str | None:
    """Give the canonical text of a source."""
    if kind == "json":
        [(_, found)] = exports.read(source.encode(), lines=False)
        return getattr(found, "text", None)
    text: str = READERS[kind](source.encode()).text
    return text


def made(source: str, kind: str, *changes: tuple[str, str]) -> Rewritten:
    """Exchange words of a source's canonical text."""
    canonical = read(source, kind) or ""
    splices = []
    for old, new in changes:
        start = canonical.index(old)
        splices.append(Splice((start, start + len(old)), new))
    return rewritten(source, kind, splices)


def rewritten(source: str, kind: str, splices: list[Splice]) -> Rewritten:
    """Make splices of a source's canonical text in it."""
    how = form(source, "text" if kind == "json" else kind, json=kind == "json")
    return rewrite(source, read(source, kind) or "", splices, how, lambda again: read(again, kind))


def below(source: str, kind: str, after: str, paragraph: str) -> str:
    """Put a paragraph below some words, and give the source."""
    canonical = read(source, kind) or ""
    end = canonical.index(after) + len(after)
    found = rewritten(source, kind, [Splice((end, end), f"\n\n{paragraph}")])
    assert () == found.refused
    return found.source


def test_markup_in_the_sentence_stays() -> None:
    """Links, emphasis and the words between them are as they were."""
    sentence = "**Three** people [died](https://a.example/a_b) in the *old* ferry."
    source = f"# Ferry sinks\n\n{sentence}\n\n{REST[0]}\n\n{REST[1]}\n"
    found = made(source, "markdown", ("Three", "Two"), ("old", "new"))

    assert source.replace("Three", "Two").replace("*old*", "*new*") == found.source
    assert () == found.refused


def test_words_that_run_into_a_link_are_left_alone() -> None:
    """There is no telling what the link should be on then."""
    source = f"# Ferry sinks\n\nThree people [died in](https://a.example) the old ferry.\n\n{REST[0]}\n"
    found = made(source, "markdown", ("people died", "sailors drowned"))

    assert source == found.source or "[drowned in](https://a.example)" in found.source


def test_a_link_goes_with_the_sentence_that_it_stands_in() -> None:
    """What is taken out is taken out whole, and no mark of it is left."""
    source = f"# Ferry sinks\n\n{REST[0]} *Two [boats](https://a.example) helped.* It was calm.\n\n{REST[1]}\n"

    assert f"{REST[0]} It was calm." in made(source, "markdown", ("Two boats helped. ", "")).source


def test_what_markdown_would_read_as_markup_is_escaped() -> None:
    """So that a reader sees the words that were meant."""
    source = f"# Ferry sinks\n\n{REST[0]}\n\n{REST[1]}\n"
    for words in (
        "1. of *all* [things] <b>",
        "# no heading",
        "- no item",
        "> no quote",
        "AT&amp;T_is_a `name` \\ here",
    ):
        changed = below(source, "markdown", REST[0], words)
        assert f"\n\n{words}\n\n" in (read(changed, "markdown") or "")


def test_entities_stay_and_new_ones_are_written() -> None:
    """Beside an entity, and in words that need one."""
    source = (
        "<!doctype html><html><head><title>Ferry sinks</title></head><body><article>\n<h1>Ferry sinks</h1>\n"
        "  <p>It cost&nbsp;&pound;2.1m, caf&eacute; owners at <b>AT&amp;T</b> said.</p>\n"
        f"  <p>{REST[0]}</p>\n  <p>{REST[1]}</p>\n"
        "</article></body></html>\n"
    )
    found = made(source, "html", ("2.1m", "1.2m"), ("owners", "keepers & <waiters>"))

    assert source.replace("2.1m", "1.2m").replace("owners", "keepers &amp; &lt;waiters&gt;") == found.source
    changed = below(source, "html", REST[0], "Later & <later>.")
    assert f"  <p>{REST[0]}</p>\n  <p>Later &amp; &lt;later&gt;.</p>\n" in changed


def test_an_element_that_holds_nothing_else_goes_with_its_paragraph() -> None:
    """No empty `<p>` is left."""
    body = f"<p>{REST[0]}</p>\n<p><i>Two boats helped.</i></p>\n<p>{REST[1]}</p>"
    source = f"<html><body><article><h1>Ferry sinks</h1>\n{body}\n</article></body></html>"
    canonical = read(source, "html") or ""
    start = canonical.index("\n\nTwo boats")
    found = rewritten(source, "html", [Splice((start, start + len("\n\nTwo boats helped.")), "")])

    assert source.replace("\n<p><i>Two boats helped.</i></p>", "") == found.source


def test_line_ends_stay_as_they_are() -> None:
    """A file with CRLF gets CRLF where it gets lines."""
    source = f"# Ferry sinks\n\nThree people died.\n\n{REST[0]}\n".replace("\n", "\r\n")
    changed = below(made(source, "markdown", ("Three", "Two")).source, "markdown", "people died.", REST[1])

    assert source.replace("Three", "Two").replace("died.\r\n", f"died.\r\n\r\n{REST[1]}\r\n") == changed


def test_a_wrapped_text_is_wrapped_again_from_where_it_changed() -> None:
    """And no further than to the end of the paragraph."""
    wrapped = [textwrap.fill(each, 60) for each in (f"{REST[0]} {REST[1]}", f"{REST[1]} {REST[0]}")]
    source = "\n\n".join(("Ferry sinks in a calm", *wrapped)) + "\n"
    found = made(source, "text", ("with a full car deck", "with a car deck that was only half full, and no more"))

    assert () == found.refused
    assert source.partition("\n\n")[0] == found.source.partition("\n\n")[0]
    assert found.source.endswith(f"\n\n{wrapped[1]}\n")
    assert all(len(line) <= 60 for line in found.source.splitlines())


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('title: "Three \\"died\\""  # ours', 'title: "Two \\"died\\""  # ours'),
        ("title: 'It''s three who died'", "title: 'It''s two who died'"),
        ("title: Three died", "title: Two died"),
    ],
)
def test_a_headline_in_the_front_matter_is_changed_there(line: str, expected: str) -> None:
    """With its quotes, its escapes and the comment beside it."""
    source = f"---\ndate: 2025-03-04\n{line}\ntags: [a, b]\n---\n\n{REST[0]}\n\n{REST[1]}\n"
    old = "three" if "three" in line else "Three"

    assert source.replace(line, expected) == made(source, "markdown", (old, "two" if old == "three" else "Two")).source


def test_a_headline_is_changed_wherever_the_file_says_it() -> None:
    """In the front matter and as a heading; in a page's title, its card and its heading."""
    text = f'---\ntitle: "Three died in fire"\n---\n\n# Three died in fire\n\n{REST[0]}\n'
    web = (
        "<html><head><title>Three died in caf&eacute; | Ours</title>"
        '<meta property="og:title" content="Three died in café"></head><body><article>'
        f"<h1>Three died in caf&eacute;</h1><p>{REST[0]}</p><p>{REST[1]}</p></article></body></html>"
    )

    assert text.replace("Three", "Two") == made(text, "markdown", ("Three", "Two")).source
    assert web.replace("Three", "Two").replace("caf&eacute; |", "café |") == made(web, "html", ("Three", "Two")).source


@pytest.mark.parametrize("coded", [True, False])
def test_an_export_keeps_its_escapes(coded: bool) -> None:  # noqa: FBT001 - both kinds of JSON
    """What is put in is escaped as the rest is; nothing else of the JSON is written anew."""
    row = {"id": 7, "title": "Ferry sinks", "body": f"Three “people” died.\n\n{REST[0]}", "n": 1.50}
    source = json.dumps(row, ensure_ascii=coded, indent=3)
    changed = below(made(source, "json", ("Three", "Dreißig")).source, "json", "died.", 'Then "later" — é.')

    assert f'Dreißig “people” died.\n\nThen "later" — é.\n\n{REST[0]}' == json.loads(changed)["body"]
    assert source.isascii() == changed.isascii()
    assert source.partition('"body"')[0] == changed.partition('"body"')[0]


def test_what_does_not_read_as_meant_is_not_made() -> None:
    """The others are."""
    source = f"# Ferry sinks\n\nThree people died.\n\n{REST[0]}\n"
    canonical = read(source, "markdown") or ""
    good, bad = Splice((canonical.index("Three"),) * 2, "About "), Splice((0, 5), "\x00")
    found = rewritten(source, "markdown", [bad, good])

    assert (good,) == found.made
    assert (bad,) == found.refused


WORDS = st.lists(
    st.sampled_from("the fire died said café 1,800 & <b> *x* _y_ \\ [z] “q” it's".split()), min_size=1, max_size=4
)


@settings(max_examples=60)
@given(st.data(), st.sampled_from(["markdown", "html", "json", "text"]), st.integers(0, 10_000))
def test_nothing_outside_a_splice_is_touched(data: st.DataObject, kind: str, seed: int) -> None:
    """Taken back, the replacements give the source as it was; and the text is the one that was meant."""
    source = written(kind, random.Random(seed))
    canonical = read(source, kind) or ""
    starts = [0, *(n + 1 for n, sign in enumerate(canonical[:-1]) if sign == " ")]
    start = data.draw(st.sampled_from(starts))
    end = min(at for at in (canonical.find(" ", start), canonical.find("\n", start)) if at > 0)
    found = rewritten(source, kind, [Splice((start, end), " ".join(data.draw(WORDS)))])

    assert found.source == Spliced.of(source, found.replaced).text
    assert read(found.source, kind) == Spliced.of(canonical, found.made).text
    if found.made:
        kept = [source[a[1] : b[0]] for a, b in zip(*sides(found, len(source)), strict=True)]
        assert all(each in found.source for each in kept)
    else:
        assert source == found.source


def sides(found: Rewritten, size: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Give the replaced spans, with the beginning and with the end of the file."""
    spans = [each.span for each in found.replaced]
    return [(0, 0), *spans], [*spans, (size, size)]


def written(kind: str, chance: random.Random) -> str:
    """Write an article in a format, with some markup in it."""
    paragraphs = ["Ferry sinks off Harrowmouth", *REST, "Three people died, “sadly”, at the café."]
    if kind == "json":
        return json.dumps(
            {"title": paragraphs[0], "body": "\n\n".join(paragraphs[1:])}, ensure_ascii=chance.random() < 0.5
        )
    if kind == "text":
        return "\n\n".join(textwrap.fill(each, 70) for each in paragraphs) + "\n"
    marks = {
        "markdown": ["*{}*", "[{}](https://a.example/x_y)"],
        "html": ["<b>{}</b>", '<a href="/x?a=1&amp;b=2">{}</a>'],
    }[kind]
    shown = html.escape if kind == "html" else str
    body = [
        " ".join(
            chance.choice(marks).format(w) if w.isalpha() and chance.random() < 0.1 else w for w in shown(each).split()
        )
        for each in paragraphs
    ]
    if kind == "markdown":
        return f"# {body[0]}\n\n" + "\n\n".join(body[1:]) + "\n"
    lines = "\n".join(f"  <p>{each}</p>" for each in body[1:])
    return (
        f"<html><head><title>x</title></head><body><article>\n<h1>{body[0]}</h1>\n{lines}\n</article></body></html>\n"
    )
