"""The prov-status/1 JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from importlib import resources
from typing import Any

import jsonschema
import pytest

from provenance.model import (
    Article,
    Aspect,
    Claim,
    Copy,
    CopyState,
    Derivation,
    Edit,
    EditStanding,
    History,
    Kind,
    Metadata,
    Notice,
    Op,
    Revision,
    Says,
    Standing,
    State,
    Update,
    article_id,
)
from provenance.report import status_json

Json = dict[str, Any]

AT = datetime(2025, 3, 4, 9, 12, tzinfo=UTC)
UPSTREAM = Article(article_id("https://wire.example/a"), "https://wire.example/a", "Wire", "Two died", 2)
MIRROR = Article(
    article_id("https://mirror.example/b"), "https://mirror.example/b", "Mirror", "3 died", 1, (UPSTREAM.id,)
)
EDIT = Edit(0, Op.REPLACE, (Aspect.NUMBER,), "Three", "Two", (0, 5), (0, 3))
UPDATE = Update(
    "4f5a", 1, Kind.CORRECTION, declared=True, because="the notice corrects it", edits=(EDIT,), notice="It was two."
)
MISSED = EditStanding(0, State.MISSING, 0.98, "the old number", span=(4, 9), line=1, quote="Three", wanted="Two")
STANDING = Standing(UPDATE.id, State.MISSING, 0.98, "it says Three", (MISSED,))
COPY = Copy(
    article=MIRROR.id,
    upstream=UPSTREAM.id,
    revision=0,
    derivation=Derivation.REPUBLISHED,
    made_from=0,
    made_from_range=(0, 0),
    coverage=0.93,
    observed_at=AT,
    state=CopyState.BEHIND,
    declared=True,
    standings=(STANDING,),
)
NOTICE = Notice("It was two.", (20, 31), (Claim(Says.CORRECTED, "three", "two"),), "plain", "en")


def histories() -> list[tuple[History, dict[Any, Article]]]:
    """Give an article with one update and one copy that misses it, and the copy as an article."""
    metadata = Metadata(url=UPSTREAM.url, publisher="Wire", headline="Two died", modified_at=AT)
    revisions = tuple(Revision(metadata, n, id=f"{n}" * 40, observed_at=AT, text="Three died.\n") for n in (0, 1))
    whole = History(UPSTREAM, revisions, {1: (NOTICE,)}, (UPDATE,), (COPY,))
    copy = History(MIRROR, (Revision(Metadata(url=MIRROR.url, copy_of=UPSTREAM.url), 0, id="a" * 40),))
    return [(whole, {MIRROR.id: MIRROR}), (copy, {})]


def document() -> Json:
    """Write the document and read it again."""
    found: Json = json.loads("".join(status_json.stream(histories())))
    return found


@pytest.fixture
def schema() -> Json:
    """Give the schema that is delivered with the package."""
    file = resources.files("provenance.report").joinpath("schemas/status.schema.json")
    found: Json = json.loads(file.read_text(encoding="utf-8"))
    return found


def check(found: Json, schema: Json) -> None:
    """Hold a document against the schema, its date-times included."""
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    jsonschema.Draft202012Validator(schema, format_checker=checker).validate(found)


def test_the_document_keeps_to_its_schema(schema: Json) -> None:
    """What is written validates, and so does a document without articles."""
    check(document(), schema)
    check(json.loads("".join(status_json.stream([]))), schema)
    assert {"schema": "prov-status/1", "articles": []} == json.loads("".join(status_json.stream([])))


def test_the_schema_refuses_what_is_no_status(schema: Json) -> None:
    """A schema that lets everything through would prove nothing."""
    found = document()
    found["articles"][0]["copies"][0]["standings"][0]["state"] = "fine"

    with pytest.raises(jsonschema.ValidationError):
        check(found, schema)


def test_a_copy_that_is_behind_is_shown_with_its_own_words() -> None:
    """The evidence has state, span, line and quotation, and what should stand there."""
    [copy] = document()["articles"][0]["copies"]
    [standing] = copy["standings"]
    [edit] = standing["edits"]

    assert ("behind", "missing", 0) == (copy["state"], standing["state"], copy["made_from"])
    assert (4, 9) == tuple(edit["span"])
    assert (1, "Three", "Two", "text") == (edit["line"], edit["quote"], edit["wanted"], edit["by"])


def test_the_range_of_bases_is_told_only_where_others_fit_as_well() -> None:
    """`made_from_range` is there for a tie and left out otherwise."""
    [(whole, copies), _] = histories()
    tie = replace(whole, copies=(replace(COPY, made_from_range=(0, 1)),))

    assert "made_from_range" not in status_json.article(whole, copies)["copies"][0]
    assert [0, 1] == status_json.article(tie, copies)["copies"][0]["made_from_range"]


def test_an_article_that_is_only_a_copy_names_its_upstream() -> None:
    """It is listed, with no copies of its own and the id of what it is a copy of."""
    copy = document()["articles"][1]

    assert ([], [UPSTREAM.id]) == (copy["copies"], copy["copy_of"])


def test_a_text_is_written_only_where_it_was_read() -> None:
    """Without texts the document stays small."""
    with_text, without = document()["articles"]

    assert "Three died.\n" == with_text["revisions"][0]["text"]
    assert "text" not in without["revisions"][0]


def test_an_article_takes_one_line() -> None:
    """The document can be written, and read with line tools, one article at a time."""
    text = "".join(status_json.stream(histories()))

    assert 2 == sum(line.startswith('{"id"') for line in text.splitlines())
    assert text == "".join(status_json.stream(histories()))
