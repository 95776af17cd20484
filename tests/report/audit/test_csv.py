"""The audit as a table: one row a copy and update, and nothing in it that a spreadsheet would run."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from newsroom import Newsroom

from provenance.app.audit.audit import audit
from provenance.model.audits import Scope
from provenance.report.audit import writer
from provenance.report.audit.csv_ import COLUMNS

HURT = "Three people died when the ferry went down, the harbour police said on Tuesday."


def table(newsroom: Newsroom) -> str:
    """Write a newsroom's store as it stands."""
    return "".join(map(str, writer("csv")(audit(newsroom.workspace, Scope(), newsroom.now, beside=False))))


def rows(text: str) -> list[dict[str, str]]:
    """Read a table as any program does."""
    return list(csv.DictReader(StringIO(text, newline=""), strict=True))


def test_there_is_a_row_for_each_copy_and_update(newsroom: Newsroom) -> None:
    """With the copy's words, those that should stand there, and both moments."""
    wire = newsroom.publish(HURT)
    late, good = newsroom.syndicate(wire, site="late"), newsroom.syndicate(wire, site="good")
    newsroom.correct(wire, "Three people", "Two people")
    newsroom.observe(late)
    newsroom.revise(good, "Three people", "Two people")

    one, two = rows(table(newsroom))

    assert ("missing", HURT, HURT.replace("Three", "Two"), "3") == (
        one["state"],
        one["quote"],
        one["wanted"],
        one["line"],
    )
    assert ("carried", "", newsroom.now.isoformat()) == (two["state"], two["quote"], two["first_seen"])
    assert [late, good] == [one["copy_id"], two["copy_id"]]
    assert {"true"} == {one["declared"], two["declared"]}


def test_an_empty_store_gives_a_header(newsroom: Newsroom) -> None:
    """Lines end as RFC 4180 says."""
    assert ",".join(COLUMNS) + "\r\n" == table(newsroom)


@pytest.mark.parametrize("start", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)"])
def test_no_cell_begins_as_a_formula_does(newsroom: Newsroom, start: str) -> None:
    """A headline may be anything; in the table an apostrophe stands before it."""
    wire = newsroom.publish(HURT, headline=f'{start}, "click"')
    newsroom.syndicate(wire)
    newsroom.correct(wire, "Three people", "Two people")

    text = table(newsroom)

    [row] = rows(text)
    assert f'\'{start}, "click"' == row["article_headline"]
    cells = [cell for line in csv.reader(StringIO(text, newline="")) for cell in line]
    assert [] == [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]
