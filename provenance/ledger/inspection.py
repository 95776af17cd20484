"""A ledger looked at as a whole: digests of its conclusions by article, and what a SQLite file itself objects to.

SQLite's own check passes over damage inside rows; digests of a ledger that was worked out anew find that.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, closing, suppress
from datetime import datetime
from hashlib import blake2b
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from provenance.engine import ENGINE
from provenance.ledger import fingerprints
from provenance.ledger.codec import COLUMNS, Out, chunks, columns, time_text
from provenance.ledger.files import SqliteFile
from provenance.ledger.rows import Rows, Writing
from provenance.ledger.schema import META_SQL
from provenance.ledger.trouble import translated

_TIMES = frozenset(name for names in COLUMNS.values() for name in names if name.endswith("_at"))
_WIDTH = 16
_WITHIN = 1 << 8 * _WIDTH

_HEADER = {
    18: {b"\1\1", b"\2\2"},  # the journal: rolled back, or WAL
    21: {b"\x40\x20\x20"},
    44: {b"\0\0\0\4" + bytes(8) + b"\0\0\0\1" + bytes(8)},
    72: {bytes(20)},
}
"""What a ledger's file has in its header, by where: no more than SQLite's defaults, since prov sets nothing else."""
_HEADER_SIZE = 100

Digests = dict[tuple[str, str], int]
"""For each table and article the sum of the digests of the rows: equal rows give equal sums in any order."""


def digests(rows: Rows) -> Digests:
    """Sum up every conclusion by its table and its article (the copy's, of what is about a copy)."""
    found: dict[tuple[str, str], int] = defaultdict(int)
    for table, names in COLUMNS.items():
        place = next((names.index(name) for name in ("article", "id") if name in names), None)
        for row in rows.rows(f"SELECT {columns(names)} FROM {table}"):
            written = repr(plain(names, row)).encode(errors="surrogatepass")
            key = table, "" if place is None else str(row[place])
            value = int.from_bytes(blake2b(written, digest_size=_WIDTH).digest())
            found[key] = (found[key] + value) % _WITHIN
    return dict(found)


class Known(NamedTuple):
    """A revision that the ledger has read, by its names alone."""

    article: str
    n: int
    commit: str
    blob: str


def known(held: Place) -> Iterator[Known]:
    """Yield every revision by article and number, whatever else its row says: of a damaged ledger it may be no more."""
    with held.reading() as rows:
        for row in rows.rows("SELECT article, n, commit_id, blob FROM revisions ORDER BY article, n"):
            yield Known(*row)


class Place(Protocol):
    """Where a ledger is: a file or a server."""

    def reading(self) -> AbstractContextManager[Rows]:
        """Open a snapshot."""
        ...

    def writing(self) -> AbstractContextManager[Writing]:
        """Open a transaction that may write."""
        ...

    def reset(self) -> object:
        """Take the ledger away."""
        ...


class Difference(NamedTuple):
    """A table in which a ledger does not say what one worked out anew says, and the article ("" for none)."""

    table: str
    article: str


def differences(held: Place, afresh: Place, spare: Path) -> list[Difference] | None:
    """Compare a ledger with one that was worked out anew; None where the two have not read the log equally far.

    `spare` is a free path for a third one, to be thrown away.
    """
    beside = SqliteFile(spare, ENGINE)
    with afresh.writing() as out:
        fingerprints.index(out)
    with held.reading() as theirs, afresh.reading() as ours:
        if _cursor(theirs) != _cursor(ours):
            return None
        found = []
        if (
            isinstance(held, SqliteFile)
            and isinstance(afresh, SqliteFile)
            and _schema(held.path) != _schema(afresh.path)
        ):
            found.append(Difference("sqlite_master", ""))
        said, wanted = digests(theirs), digests(ours)
        found += (Difference(*key) for key in sorted(said.keys() | wanted) if said.get(key) != wanted.get(key))
        if any(one != other for one, other in zip_longest(_settled(theirs, beside), _fingerprints(ours))):
            found.append(Difference("fingerprint_index", ""))
        return found


def _cursor(rows: Rows) -> str:
    return "".join(value for name, value in rows.rows(META_SQL) if name == "cursor")


def _settled(rows: Rows, beside: SqliteFile) -> Iterator[tuple[int, int]]:
    """Yield the index of fingerprints as it will be when what waits for it has been put in."""
    waiting = [{"article": article, "prints": prints} for article, prints in rows.rows(_QUEUE)]
    if not waiting:
        yield from _fingerprints(rows)
        return
    with beside.writing() as out:
        for chunk in chunks(_fingerprints(rows)):
            out.insert_plain("fingerprint_index", chunk)
        out.insert("fingerprint_queue", waiting)
        with suppress(ValueError):  # what waits is of no article: then the index will be another one
            fingerprints.index(out)
    with beside.reading() as settled:
        yield from _fingerprints(settled)


def _fingerprints(rows: Rows) -> Iterator[tuple[int, int]]:
    yield from ((fingerprint, holder) for fingerprint, holder in rows.rows(_INDEX))


_INDEX = "SELECT fingerprint, holder FROM fingerprint_index ORDER BY fingerprint, holder"
_QUEUE = "SELECT article, prints FROM fingerprint_queue ORDER BY article"


def plain(names: tuple[str, ...], row: Out) -> tuple[Any, ...]:
    """Write a row the same way whichever database it comes from."""
    return tuple(_same(value, time=name in _TIMES) for name, value in zip(names, row, strict=True))


def _same(value: object, *, time: bool) -> object:
    """Give what a server has a type for as SQLite keeps it; what a file has is given as it is, damaged or not."""
    if isinstance(value, bool):
        return int(value)
    return time_text(value) if time and isinstance(value, datetime) else value


def objections(held: Place) -> Iterator[str]:
    """Say what is wrong with a SQLite file in itself: its header, its pages and indexes, its foreign keys."""
    if not isinstance(held, SqliteFile):
        return
    path = held.path
    with path.open("rb") as file:
        header = file.read(_HEADER_SIZE)
    for place, wanted in _HEADER.items():
        if header[place : place + len(min(wanted))] not in wanted:
            yield f"its header is not as SQLite wrote it (byte {place})"
    with (
        translated(held.where),
        closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection,
    ):
        for (line,) in connection.execute("PRAGMA integrity_check(5)"):
            if line != "ok":
                yield str(line).strip().replace("\n", "; ")
        if any(True for _ in connection.execute("PRAGMA foreign_key_check")):
            yield "a row hangs on one that is not there"


def misnamed(held: Place, spare: Path) -> bool:
    """Tell whether a SQLite file has today's tables under the name of an older schema; `spare` is a free path."""
    if not isinstance(held, SqliteFile):
        return False
    with SqliteFile(spare, ENGINE).writing():
        pass
    return _schema(held.path) == _schema(spare)


def _schema(path: Path) -> Mapping[str, str]:
    """Give the words in which a SQLite file describes each of its tables and indexes."""
    with (
        translated(str(path)),
        closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection,
    ):
        found = connection.execute("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master")
        return {f"{kind} {name}": f"{table}: {sql}" for kind, name, table, sql in found}


def keep_aside(held: Place, folder: Path) -> Path | None:
    """Empty a ledger: move a SQLite file with what is beside it into a folder, and give where it is now."""
    if not isinstance(held, SqliteFile):
        held.reset()
        return None
    path = held.path
    held.close()
    if not path.exists():
        return None
    folder.mkdir(mode=0o700, exist_ok=True)
    place, number = folder / path.name, 1
    while place.exists():
        place, number = folder / f"{path.name}.{number}", number + 1
    for beside in ("-journal", "-wal", "-shm"):
        if (found := path.with_name(path.name + beside)).exists():
            found.rename(place.with_name(place.name + beside))
    return path.rename(place)
