"""Conclusions in SQL: a projection of the store's log of facts, which can always be deleted and worked out again.

`Ledger` is the front: what condition it is in, questions, and `writing`, which opens a `Book`. Reading a SQLite file
takes the standard library alone; SQLAlchemy is imported for writing and for other databases, alembic for migrations.
"""

from typing import TYPE_CHECKING

from provenance.ledger.ledger import Ledger
from provenance.ledger.values import (
    OPEN,
    Arrival,
    Candidate,
    Condition,
    CopyLine,
    Held,
    Link,
    Named,
    OpenStanding,
    Overview,
    Summary,
)

if TYPE_CHECKING:
    from provenance.ledger.book import Book

__all__ = [
    "OPEN",
    "Arrival",
    "Book",
    "Candidate",
    "Condition",
    "CopyLine",
    "Held",
    "Ledger",
    "Link",
    "Named",
    "OpenStanding",
    "Overview",
    "Summary",
]


def __getattr__(name: str) -> object:
    """Import the writing side when somebody writes: a look at the status must start fast."""
    if name == "Book":
        from provenance.ledger.book import Book

        return Book
    raise AttributeError(name)
