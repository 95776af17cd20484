"""Which ledgers this code can read: the mark of ours, the schemas by name, and what a ledger's own rows say of it."""

from __future__ import annotations

from provenance.errors import LedgerRefusedError
from provenance.ledger.values import Condition

APPLICATION = 0x70726F76
"""What a SQLite file of ours has as its `application_id`: "prov" in ASCII."""

SCHEMAS = ("0001", "0002", "0003", "0004")
"""The names of all migrations, oldest first; the last is what `tables` says."""

SCHEMA = SCHEMAS[-1]

META_SQL = "SELECT name, value FROM meta"
SCHEMA_SQL = "SELECT version_num FROM alembic_version"


def judge(where: str, schema: str, engine: str, today: str) -> Condition:
    """Say what can be done with a ledger of a schema ("" for none yet) and an engine, where `today` concludes.

    Raises LedgerRefusedError for a schema that this code has never heard of.
    """
    if schema and schema not in SCHEMAS:
        raise LedgerRefusedError(
            f"{where}: written by a newer prov (its schema is {schema}, the newest known here is {SCHEMA})",
            hint="use the newer prov, or move the ledger away and run `prov rebuild`",
        )
    if engine and engine != today:
        return Condition.OTHER_ENGINE
    return Condition.READY if schema == SCHEMA else Condition.OLD_SCHEMA
