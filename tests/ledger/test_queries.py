"""The queries that the documentation shows run, and find what it says."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from ledger.made import NOON, copy, put, revision, standing, update, url

from provenance.ledger import Ledger
from provenance.ledger.codec import COLUMNS
from provenance.model import Kind


def test_the_documented_queries_answer_what_they_promise(ledger: Ledger, path: Path, checkout: Path) -> None:
    """Copies with their words; silent updates by publisher; days behind."""
    fix, quiet = update("a"), update("a", 2, Kind.DEVELOPMENT, declared=False)
    put(ledger, *(revision("a", n) for n in range(3)), ("a", fix), ("a", quiet), revision("b"))
    put(ledger, replace(copy("b", "a", standings=[standing(fix)]), observed_at=NOON + timedelta(days=3, hours=1)))
    words, silent, days = re.findall(r"```sql\n(.*?)```", (checkout / "docs" / "ledger.md").read_text(), re.DOTALL)

    with closing(sqlite3.connect(path)) as connection:
        assert [(url("b"), "correction", 1, "Three", "Two")] == connection.execute(words).fetchall()
        assert [("Courier", "development", 1)] == connection.execute(silent).fetchall()
        assert [("Courier", url("b"), fix.id, 3.0)] == connection.execute(days).fetchall()


def test_every_table_is_documented(checkout: Path) -> None:
    """The page names each table that there is."""
    page = (checkout / "docs" / "ledger.md").read_text()

    assert [] == [table for table in COLUMNS if f"`{table}`" not in page]
