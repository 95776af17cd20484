"""A letter in words: right in four languages, whole in its quotations, safe from headlines and templates."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.errors import SourceError
from provenance.model import Article, ArticleId, Derivation, Kind, Op, State
from provenance.model.letters import LANGUAGES, Change, Letter, Point, Template
from provenance.report.letters import sentence, write
from provenance.report.letters.phrases import moment, plural

GOLDEN = Path(__file__).parent / "golden"
WIRE = Article(ArticleId("a" * 16), "https://wire.example/0", "Wire", "Ferry sinks in calm", 2)
MIRROR = Article(ArticleId("c" * 16), "https://mirror.example/1", "Mirror", "Ferry sinks in calm", 1, (WIRE.id,))
POINT = Point(Op.REPLACE, "Three people died.", 3, "Two people died.")
CHANGE = Change(
    "u" * 12,
    Kind.CORRECTION,
    declared=True,
    state=State.MISSING,
    out=datetime(2025, 3, 1, 12, 0, tzinfo=UTC),
    notice="Two died.",
    points=(POINT,),
)
LETTER = Letter(
    MIRROR,
    WIRE,
    "Ferry sinks in calm",
    "en",
    Derivation.REPUBLISHED,
    declared=True,
    published=datetime(2025, 3, 1, 11, 0, tzinfo=UTC),
    seen=datetime(2025, 3, 4, 13, 0, tzinfo=UTC),
    changes=(CHANGE,),
)
MORE = (
    CHANGE,
    replace(
        CHANGE,
        update="v" * 12,
        declared=False,
        state=State.PARTIAL,
        out=datetime(2025, 3, 2, 8, 0, tzinfo=UTC),
        notice="",
        points=(
            Point(Op.INSERT, "Divers searched the wreck.", 5, "They went down again at dawn."),
            Point(Op.INSERT, wanted="The ministry has apologised."),
            Point(Op.DELETE, "A senior officer spoke of a leak.", 7, gone="senior"),
            Point(Op.DELETE, "Nobody was hurt.", 9, gone="Nobody was hurt."),
            Point(Op.MOVE, "The weather was calm.", 11),
            Point(Op.REPLACE, "The boat was old.", 13),
        ),
    ),
)
SHAPES = {
    "one": LETTER,
    "many": replace(LETTER, derivation=Derivation.EXCERPTED, declared=False, changes=MORE),
    "withdrawn": replace(LETTER, changes=(replace(CHANGE, kind=Kind.RETRACTION, notice="It must not be used."),)),
    "unseen": replace(
        LETTER,
        changes=(
            replace(CHANGE, state=State.UNSEEN, points=(replace(POINT, op=Op.INSERT, quote="", line=None),)),
            replace(MORE[1], kind=Kind.DEVELOPMENT, state=State.DIVERGED, points=()),
        ),
    ),
    "bare": replace(
        LETTER,
        copy=replace(MIRROR, publisher="", headline="", url="https://file.invalid/x"),
        upstream=replace(WIRE, publisher="", url="https://file.invalid/y"),
        headline="",
        published=None,
        seen=None,
        changes=(replace(CHANGE, out=None, notice=""),),
    ),
}


def shown(letter: Letter) -> str:
    """Give the whole letter in words."""
    written = write(letter)
    return f"{written.subject}\n\n{written.body}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_are_those_that_were_read_and_found_good(language: str) -> None:
    """Every shape of a letter in one language, as somebody who speaks it has read it."""
    texts = [f"=== {name}\n{shown(replace(each, language=language))}" for name, each in SHAPES.items()]

    assert (GOLDEN / f"{language}.txt").read_text(encoding="utf-8") == "\n".join(texts)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SHAPES)
def test_a_letter_accuses_nobody(language: str, name: str) -> None:
    """No word of a letter says that somebody hid, refused, failed or ignored something; "error" is only our own."""
    text = shown(replace(SHAPES[name], language=language)).casefold()

    for word in ("hid", "refus", "fail", "ignor", "false", "wrong", "must", "versteck", "weiger", "falsch", "faux"):
        assert not re.search(rf"\b{word}", text.replace("it must not be used", "")), word


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_has_blanks_at_its_end_and_no_stretch_is_empty(language: str) -> None:
    """Whatever is not known leaves no hole: no empty brackets, no doubled blanks or stops."""
    for each in SHAPES.values():
        text = shown(replace(each, language=language))
        assert not re.search(r"[ \t]\n|\n\n\n|\(\)|\.\.| {2}(?! )(?<!   )| ,", text), text


@pytest.mark.parametrize(
    ("language", "first", "fourth"),
    [
        ("en", "1 March 2025 (12:00 UTC)", "4 March 2025 (12:00 UTC)"),
        ("de", "1. März 2025 (12:00 UTC)", "4. März 2025 (12:00 UTC)"),
        ("fr", "1er mars 2025 (12\u00a0h\u00a000 UTC)", "4 mars 2025 (12\u00a0h\u00a000 UTC)"),
        ("es", "1 de marzo de 2025 (12:00 UTC)", "4 de marzo de 2025 (12:00 UTC)"),
    ],
)
def test_a_date_is_written_as_the_language_writes_it(language: str, first: str, fourth: str) -> None:
    """The month by its name, the first of it as usual, the hour in UTC and saying so."""
    assert first == moment(datetime(2025, 3, 1, 12, 0, tzinfo=UTC), language)
    assert fourth == moment(datetime(2025, 3, 4, 12, 0, tzinfo=UTC), language)


@pytest.mark.parametrize(
    ("language", "ones"), [("en", {1}), ("de", {1}), ("es", {1}), ("fr", {0, 1})], ids=["en", "de", "es", "fr"]
)
def test_a_plural_is_that_of_the_language(language: str, ones: set[int]) -> None:
    """French counts nought as one."""
    assert ones == {n for n in (0, 1, 2, 5, 21, 1_000_000) if plural(n, "one", "many", language) == "one"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_alone_is_what_the_letter_has(language: str) -> None:
    """What a page shows as the sentence to send stands in the letter, word for word."""
    alone = sentence(POINT, language).split("\n")

    assert all(line in shown(replace(LETTER, language=language)) for line in alone)


# --- words from outside


def test_a_headline_cannot_write_lines_or_turn_the_text() -> None:
    """Controls and direction marks are shown, line ends are blanks, braces are braces."""
    evil = "A\nBcc: x@evil.example\r\n{{ 7*7 }} {% include '/etc/passwd' %} \u202egnp\x1b[2J"

    written = write(replace(LETTER, copy=replace(MIRROR, headline=evil, publisher=evil)))

    assert "\n" not in written.subject
    assert "A Bcc: x@evil.example {{ 7*7 }} {% include '/etc/passwd' %} \\u202egnp\\x1b[2J" in written.subject
    assert "\u202e" not in written.body
    assert "\x1b" not in written.body


@given(st.text(min_size=1), st.text(min_size=1), st.sampled_from(LANGUAGES))
def test_quotations_are_whole(quote: str, wanted: str, language: str) -> None:
    """Whatever the copy and the article say stands in the letter, in one line, with nothing else escaped."""
    from provenance.report.words import one_line

    changes = (replace(CHANGE, points=(replace(POINT, quote=f"x{quote}x", wanted=f"x{wanted}x"),)),)

    body = write(replace(LETTER, language=language, changes=changes)).body

    for text in (f"x{quote}x", f"x{wanted}x"):
        assert one_line(" ".join(text.split())) in body


# --- a desk's own template


def test_a_desk_says_it_in_its_own_words() -> None:
    """The first line is the subject; the values of docs/letters.md are there."""
    places = "{% for change in changes %}{% for point in change.points %}{{ point.words }}{% endfor %}{% endfor %}"
    text = "Hi {{ copy.publisher }}\n" + places

    written = write(LETTER, Template("mine.txt", text))

    assert "Hi Mirror" == written.subject
    assert sentence(POINT, "en") + "\n" == written.body


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("one\n{{ nothing }}\n", 2),
        ("one\n\n{% if %}\n", 3),
        ("{{ copy.nothing }}", 1),
        ("one\n{{ 'a' * 1000000000 }}", 2),
        ("one\n{{ 9 ** 999999999 }}", 2),
        ("one\n{{ '%999999999d' % 1 }}", 2),
        ("one\n{% include '/etc/passwd' %}", 2),
        ("one\n{% import '/etc/passwd' as x %}", 2),
        ("{% extends '/etc/passwd' %}", 1),
        ("one\n{% macro a(x) %}{{ a(x ~ x) }}{% endmacro %}{{ a('x') }}", 2),
        ("one\n{{ ''.__class__.__mro__[1].__subclasses__() }}", 2),
        ("one\n{{ copy.__init__.__globals__ }}", 2),
        ("one\n{{ self.__init__.__globals__ }}", 2),
        ("one\n{{ cycler.__init__.__globals__.os.popen('id').read() }}", 2),
        ("one\n{{ '{0.__class__}'.format(copy) }}", 2),
        ("one\n{{ ('{0.__class__}' | attr('format'))(copy) }}", 2),
        ("one\n{{ lipsum() }}{{ range(9) }}", 2),
        ("one\n{{ copy.update({'x': 1}) }}", 2),
        ("one\n{{ 'x'.ljust(999999999) }}", 2),
        ("one\n{{ 'x' | center(999999999) }}", 2),
        ("one\n{{ 1 / 0 }}", 2),
        ("one\n{{ loop.x }}", 2),
    ],
)
def test_a_template_with_an_error_or_an_intent_is_refused_with_its_line(text: str, line: int) -> None:
    """File and line stand in the message; nothing is read, run, or filled with a thousand million letters."""
    with pytest.raises(SourceError, match=rf"^mine\.txt:{line}: error in the template: .") as refused:
        write(LETTER, Template("mine.txt", text))

    assert "\n" not in str(refused.value)
    assert refused.value.hint


def test_a_template_has_to_end() -> None:
    """Loops over what there is cannot write more than a bounded letter."""
    text = "{% for a in 'xxxxxxxxxx' %}" * 7 + "endless" + "{% endfor %}" * 7

    with pytest.raises(SourceError, match=r"mine\.txt: the letter has no end"):
        write(LETTER, Template("mine.txt", text))
