"""The prov-report/1 JSON, held against its schema."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

import jsonschema
import pytest
from newsroom import Newsroom

from provenance.app.audit.audit import audit
from provenance.model.audits import Scope
from provenance.report.audit import writer

HURT = "Three people died when the ferry went down off Skerrin Point, the police said."


@pytest.fixture
def told(newsroom: Newsroom) -> str:
    """Write a store down that has a mended copy, one that is behind, one that is not seen again, and a retraction."""
    wire = newsroom.publish(HURT)
    mended, late = newsroom.syndicate(wire, site="mended"), newsroom.syndicate(wire, site="late")
    newsroom.syndicate(wire, site="unseen")
    newsroom.correct(wire, "Three people", "Two people 🌊")
    newsroom.revise(mended, "Three people", "Two people 🌊")
    newsroom.observe(late)
    gone = newsroom.publish("The mayor of the town has resigned over the affair of the ferry, her office said.")
    newsroom.observe(newsroom.syndicate(gone, site="still"))
    newsroom.retract(gone)
    return written(newsroom)


def written(newsroom: Newsroom) -> str:
    """Write a newsroom's store as it stands."""
    found = audit(newsroom.workspace, Scope(), newsroom.now, beside=False)
    return "".join(map(str, writer("json")(found)))


def validator() -> Any:  # noqa: ANN401 - whichever draft the schema is in
    """Give the packaged schema, formats included."""
    text = resources.files("provenance.report").joinpath("schemas/report.schema.json").read_text(encoding="utf-8")
    schema = json.loads(text)
    made = jsonschema.validators.validator_for(schema)
    made.check_schema(schema)
    return made(schema, format_checker=made.FORMAT_CHECKER)


def test_the_report_is_as_its_schema_says(told: str) -> None:
    """Every total, measure, article, update, copy and standing is described."""
    validator().validate(json.loads(told))


def test_an_empty_store_is_as_the_schema_says_too(newsroom: Newsroom) -> None:
    """Nothing is held, and that is no error."""
    found = json.loads(written(newsroom))

    validator().validate(found)
    assert ([], 0) == (found["articles"], found["totals"]["articles"])


def test_it_says_when_each_copy_caught_up(told: str, newsroom: Newsroom) -> None:
    """First seen with the update, or last seen without it."""
    [wire] = [each for each in json.loads(told)["articles"] if "Two people" in json.dumps(each["updates"])]
    times = {
        copy["publisher"]: (standing["state"], standing["first_seen"], standing["last_missing"])
        for copy in wire["copies"]
        for standing in copy["standings"]
    }

    assert {"Mended", "Late", "Unseen"} == times.keys()
    assert ("unseen", None, None) == times["Unseen"]
    assert ("carried", "2025-03-04T15:00:00+00:00", None) == times["Mended"]
    assert ("missing", None, "2025-03-04T16:00:00+00:00") == times["Late"]
    assert newsroom.now.isoformat() == json.loads(told)["now"]


def test_the_same_facts_and_moment_give_the_same_bytes(told: str, newsroom: Newsroom) -> None:
    """Twice in a row, keys in one order, one article a line."""
    assert told == written(newsroom)
    assert 2 == sum(line.startswith('{"id"') for line in told.splitlines())


@pytest.mark.parametrize(
    "spoil",
    [
        lambda found: found.update(schema="prov-report/2"),
        lambda found: found.pop("measures"),
        lambda found: found["totals"].update(uncorrected=-1),
        lambda found: found["measures"]["mended"][0]["at"].pop(),
        lambda found: found["measures"]["mended"][0]["steps"][0].update(share=1.5),
        lambda found: found["articles"][0]["copies"][0].update(state="fine"),
        lambda found: found["articles"][0]["copies"][0]["standings"][0].pop("first_seen"),
        lambda found: found["articles"][0]["updates"][0].update(out="yesterday"),
    ],
)
def test_the_schema_refuses_what_is_no_report(told: str, spoil: Any) -> None:  # noqa: ANN401 - a lambda
    """A schema that lets everything through would prove nothing."""
    found = json.loads(told)
    spoil(found)

    with pytest.raises(jsonschema.ValidationError):
        validator().validate(found)
