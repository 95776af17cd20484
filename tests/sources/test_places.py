"""Places in a source file: found by the words, never wrong, whatever marks stand between them."""

from __future__ import annotations

import html
import json
import re
import time
from random import Random
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.sources import exports, markdown, page, plain
from provenance.sources.places import Places

BODY = "police said on Monday that three people had died in the fire at the harbour and that the council would meet"


def at(source: str, canonical: str, words: str) -> str | None:
    """Give what stands in the file at the place of some words of the text."""
    start = canonical.index(words)
    place = Places.of(source, canonical).place((start, start + len(words)))
    return source[slice(*place.span)] if place else None


def read(source: str, reader: ModuleType = markdown) -> str:
    """Read a source by one of our readers, and give its canonical text."""
    text: str = reader.read(source.encode()).text
    return text


@pytest.mark.parametrize(
    ("written", "shown", "found"),
    [
        ("caf&eacute;", "café", "caf&eacute;"),
        ("caf&#233;", "café", "caf&#233;"),
        ("cafe\u0301", "café", "cafe\u0301"),
        ("Fri&shy;day", "Friday", "Fri&shy;day"),
        ("go &#8217;til", "’til", "&#8217;til"),
        ("**Alder**moor", "Aldermoor", "Alder**moor"),
        ("<b>Al</b>dermoor", "Aldermoor", "Al</b>dermoor"),
        ('[the town](https://a.example/the-town "the town") hall', "the town hall", None),
        ("three *people* died", "three people died", "three *people* died"),
        ("4\\*5", "4*5", "4\\*5"),
        ("one\ntwo", "one two", "one\ntwo"),
        ("AT&amp;T's", "AT&T's", "AT&amp;T's"),
        ("was&nbsp;there", "was there", "was&nbsp;there"),
        ("\u2764\ufe0f", "\u2764", "\u2764\ufe0f"),
        ("1&#8239;800", "1 800", "1&#8239;800"),
    ],
)
def test_words_are_found_under_their_markup(written: str, shown: str, found: str | None) -> None:
    """Entities, escapes, soft hyphens, wraps and inline markup lead to the words as they are written."""
    source = f"{BODY}: so {written} it was, {BODY}.\n"
    expected = found or written

    assert expected.removeprefix("[") == (at(source, read(source), shown) or "").removeprefix("[")


def test_a_place_is_counted_as_editors_count() -> None:
    """Lines and columns from 1, in characters; CRLF is one line end, and a byte order mark is no column."""
    source = "\ufeffThree 🕯 died\r\n\r\nOn Monday — in the town.\r\n"
    canonical = read(source, plain)
    places = Places.of(source, canonical)
    died, town = (places.place((canonical.index(word), canonical.index(word) + 4)) for word in ("died", "town"))

    assert died is not None
    assert town is not None
    assert (1, 9, 1, 13, (9, 13)) == (died.line, died.column, died.end_line, died.end_column, died.span)
    assert (3, 20, 3, 24) == (town.line, town.column, town.end_line, town.end_column)


def test_a_headline_is_found_in_the_front_matter() -> None:
    """With its quotes and escapes; where the body has it as a heading, it is there."""
    quoted = f'---\ntitle: "Three \\"die\\" in Caf\\u00e9"\n---\n\n{BODY}.\n'
    doubled = f"---\ntitle: Three die in fire\n---\n\n# Three die in fire\n\n{BODY}.\n"
    canonical = read(doubled)
    place = Places.of(doubled, canonical).place((0, 17))

    assert 'Three \\"die\\" in Caf\\u00e9' == at(quoted, read(quoted), 'Three "die" in Café')
    assert place is not None
    assert 5 == place.line


def test_a_headline_of_a_page_is_its_heading_and_not_its_title() -> None:
    """Title, structured data, navigation and heading all say it: the heading is what a reader sees."""
    source = (
        '<html><head><title>Three die in fire</title><script type="application/ld+json">{"headline": '
        '"Three die in fire"}</script></head><body><nav><a href=/x>Three die in fire</a></nav><article>'
        f"<h1>Three die in fire</h1><p>{BODY}.</p><p>Then {BODY}.</p></article></body></html>"
    )
    place = Places.of(source, read(source, page)).place((0, 17))

    assert place is not None
    assert source.index("<h1>") + 4 == place.span[0]


def test_a_line_of_a_draft_file_is_read_through_its_escapes() -> None:
    """JSON escapes first, then those of the body's own format; of several articles, the one that is named."""
    body = f"Three people died in the caf&eacute; \u201cÉtoile\u201d.\n\n{BODY}."
    rows = [{"url": "https://a.example/1", "body": body, "headline": name} for name in ("One died", "Three died")]
    source = "\n".join(map(json.dumps, rows)) + "\n"
    [*_, (item, reading)] = exports.read(source.encode(), lines=True)
    places = Places.of(source, reading.text, item)  # type: ignore[union-attr]
    start = reading.text.index("café")  # type: ignore[union-attr]
    place, headline = places.place((start, start + 13)), places.place((0, 10))

    assert place is not None
    assert headline is not None
    assert "caf&eacute; \\u201c\\u00c9toile\\u201d" == source[slice(*place.span)]
    assert (2, 2, "Three died") == (place.line, headline.line, source[slice(*headline.span)])
    assert places.below(10) is None


@pytest.mark.parametrize("indent", [None, 2])
def test_an_export_is_searched_where_the_article_was_read(indent: int | None) -> None:
    """Of text, excerpt and HTML of the same words, it is the field that the reader took, in the right article."""
    posts = [
        {
            "id": n,
            "excerpt": {"rendered": f"<p>Three people died. {BODY}</p>"},
            "title": {"rendered": "Three – “two”"},
            "content": {"rendered": f"<p>Three people died. {BODY}</p>\n<p>The end.</p>"},
            "tags": ["Three people died", {"name": "Three – “two”"}],
        }
        for n in range(3)
    ]
    source = json.dumps({"posts": posts}, indent=indent)
    found = list(exports.read(source.encode(), lines=False))
    for number, (item, reading) in enumerate(found):
        text = reading.text  # type: ignore[union-attr]
        places, start = Places.of(source, text, item), text.index("Three people")
        place, headline = places.place((start, start + 17)), places.place((0, 13))
        marks = [each.start() for each in re.finditer('"content"', source)]

        assert place is not None
        assert headline is not None
        assert "Three people died" == source[slice(*place.span)]
        assert source.index("Three people", marks[number]) == place.span[0]
        assert json.dumps("Three – “two”")[1:-1] == source[slice(*headline.span)]
    assert 3 == len(found)


def test_words_that_are_not_there_have_no_place() -> None:
    """Another text gives none, and neither does a passage that the file breaks with other words."""
    source = f"{BODY}. Three people died there. {BODY}."
    broken = f"{BODY}. Three people (here: an aside) died there. {BODY}."
    canonical = read(source, plain)

    assert at("Something else altogether.", canonical, "Three people died") is None
    assert at(broken, canonical, "Three people died") is None
    assert "Three people" == at(broken, canonical, "Three people")


def test_a_sentence_that_was_struck_out_is_not_taken_for_the_live_one() -> None:
    """The reader drops deleted text; the same words after it are the ones."""
    source = (
        f"<article><p>{BODY}. <del>Three people died.</del> Three people died on Friday.</p><p>{BODY}</p></article>"
    )
    canonical = read(source, page)
    start = canonical.index("Three")
    place = Places.of(source, canonical).place((start, start + 12))

    assert place is not None
    assert source.rindex("Three") == place.span[0]


def test_words_that_could_be_either_of_two_places_have_none() -> None:
    """A paragraph that the file has twice, and the text once, is not guessed at."""
    once, twice = (
        f"Menu\n\nAdvertisement\n\nMenu\n\n{BODY}\n",
        f"Menu\n\nAdvertisement\n\nMenu\n\nAdvertisement\n\nMenu\n\n{BODY}\n",
    )
    canonical = f"Advertisement\n\n{BODY}\n"

    assert "Advertisement" == at(once, canonical, "Advertisement")
    assert at(twice, canonical, "Advertisement") is None


@pytest.mark.parametrize(
    ("source", "sentence", "paragraph"),
    [
        (f"# Head\n\n{BODY}. It **ended.**\n\nNext.\n", "ended.**", "ended.**"),
        (f"<article><p>{BODY}. It <b>ended.</b></p>\n<p>Next {BODY}</p></article>", "ended.</b>", "ended.</b></p>"),
    ],
)
def test_a_sentence_is_put_inside_the_paragraph_and_a_paragraph_below_it(
    source: str, sentence: str, paragraph: str
) -> None:
    """`insertion` is past emphasis and inside the block; `below` is past the block."""
    canonical = read(source, page if "<p>" in source else markdown)
    places = Places.of(source, canonical)
    offset = canonical.index("ended.") + len("ended.")
    inside, below = places.insertion(offset), places.below(offset)

    assert inside is not None
    assert below is not None
    assert inside.span[0] == inside.span[1]
    assert source[: inside.span[0]].endswith(sentence)
    assert source[: below.span[0]].endswith(paragraph)


WORDS = st.sampled_from(
    "the a fire died said in on of Monday three people it’s caf\u00e9 \u00dcber 1,800 42 U.S. 東京 don't".split()
)
PARAGRAPHS = st.lists(st.lists(WORDS, min_size=1, max_size=25), min_size=1, max_size=6)


@given(PARAGRAPHS, st.randoms(use_true_random=False), st.sampled_from(["markdown", "html", "jsonl", "text"]))
def test_no_place_is_wrong(paragraphs: list[list[str]], random: Random, kind: str) -> None:
    """However words repeat and markup mixes: a word's place is where the writer put it, or there is none."""
    source, starts = written(paragraphs, random, kind)
    canonical = "\n\n".join(" ".join(words) for words in paragraphs) + "\n"
    places = Places.of(source, canonical)
    found = [places.place(word.span()) for word in re.finditer(r"\S+", canonical)]

    wrong = [(n, place) for n, place in enumerate(found) if place and place.span != starts[n]]
    assert [] == wrong
    assert kind != "text" or all(found)


def written(paragraphs: list[list[str]], random: Random, kind: str) -> tuple[str, list[tuple[int, int]]]:
    """Write paragraphs in a format, with markup at random, and tell where each word was put."""
    source, starts = {"html": "<body>", "jsonl": '{"url": "https://a.example/the-fire", "body": "'}.get(kind, ""), []
    for words in paragraphs:
        source += {"html": random.choice(["<p>", '<p class="the fire">'])}.get(kind, "")
        for n, word in enumerate(words):
            put, before, after = one(word, random, kind)
            gap = random.choice(["\n", " ", "  "]) if kind in {"html", "markdown"} else " "
            source += (gap if n else "") + before
            starts.append((len(source), len(source) + len(put)))
            source += put + after
        source += {"html": "</p>\n", "jsonl": "\\n\\n"}.get(kind, "\n\n")
    return source + {"html": "</body>", "jsonl": '"}\n'}.get(kind, ""), starts


def one(word: str, random: Random, kind: str) -> tuple[str, str, str]:
    """Write one word, with what stands before and after it."""
    if kind == "jsonl":
        return json.dumps(word)[1:-1], "", ""
    if kind == "text" or random.random() < 0.7:
        return word, "", ""
    if kind == "markdown":
        return word, *random.choice([("*", "*"), ("[", "](https://a.example/the-fire)"), ("**", "**")])
    coded = "".join(f"&#{ord(letter)};" for letter in word)
    return random.choice([(html.escape(word), "<b>", "</b>"), (coded, "", ""), (word, '<a href="/the/fire">', "</a>")])


@pytest.mark.slow
@pytest.mark.parametrize("unit", [f"{BODY} number {{}}.\n\n", "<p>the a {}</p>\n", "the the\n\n", '<a "', "&#", "](("])
def test_the_cost_grows_with_the_size_and_not_with_its_square(unit: str) -> None:
    """Half a megabyte takes a few times what a quarter takes, also of what is built to take longer."""

    def spent(size: int) -> float:
        source = "".join(unit.format(n) for n in range(size // len(unit)))
        begun = time.process_time()
        Places.of(source, source)
        return time.process_time() - begun

    small, large = spent(125_000), spent(500_000)

    assert large < 12 * max(small, 0.05)
