"""The prov-corrections/1 JSON, held against its schema."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from newsroom import Newsroom
from partner import exported

from provenance.report import corrections_json
from provenance.sources import corrections


@pytest.fixture
def file(newsroom: Newsroom, tmp_path: Path) -> Path:
    """Give a file with a corrected, a clarified, a retracted and an untouched article, and a copy."""
    lead = "Three people died when the ferry went down off Skerrin Point, the police said."
    for change in ("correct", "clarify", "retract", ""):
        article = newsroom.publish(lead)
        if change in {"correct", "clarify"}:
            getattr(newsroom, change)(article, "Three people", "Two people 🌊")
        elif change:
            newsroom.retract(article)
    newsroom.revise(newsroom.syndicate(article), "Three", "Four")
    return exported(newsroom.workspace, tmp_path / "corrections.json")


def validator() -> Any:  # noqa: ANN401 - whichever draft the schema is in
    """Give the packaged schema, formats included."""
    text = resources.files("provenance.report").joinpath("schemas/corrections.schema.json").read_text(encoding="utf-8")
    schema = json.loads(text)
    made = jsonschema.validators.validator_for(schema)
    made.check_schema(schema)
    return made(schema, format_checker=made.FORMAT_CHECKER)


def test_the_file_is_as_its_schema_says(file: Path) -> None:
    """Every article, revision, update and edit is described."""
    validator().validate(json.loads(file.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda found: found.update(schema="prov-corrections/2"),
        lambda found: found.pop("cursor"),
        lambda found: found["articles"][0].update(url="ftp://x.example/"),
        lambda found: found["articles"][0]["revisions"][0].update(published_at="yesterday"),
        lambda found: found["articles"][0]["revisions"][0].update(sha256="abc"),
        lambda found: found["articles"][0].update(revisions=[]),
    ],
)
def test_the_schema_refuses_what_is_no_corrections_file(file: Path, spoil: Any) -> None:  # noqa: ANN401 - a lambda
    """A schema that lets everything through would prove nothing."""
    found = json.loads(file.read_text(encoding="utf-8"))
    spoil(found)

    with pytest.raises(jsonschema.ValidationError):
        validator().validate(found)


def test_an_article_is_one_line(file: Path) -> None:
    """So that a reader needs to hold one at a time."""
    lines = file.read_text(encoding="utf-8").split("\n")

    assert 4 == sum(line.startswith('{"id": ') and '"revisions"' in line for line in lines)
    assert corrections_json.SCHEMA == corrections.SCHEMA == json.loads(lines[0] + "]}")["schema"]


def test_nothing_to_tell_is_a_file_too(newsroom: Newsroom, tmp_path: Path) -> None:
    """An empty store gives a file that is read and has nothing in it."""
    file = exported(newsroom.workspace, tmp_path / "corrections.json")

    validator().validate(json.loads(file.read_text(encoding="utf-8")))
    assert [] == list(corrections.read(file))
