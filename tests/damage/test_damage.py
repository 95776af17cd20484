"""A bit that is turned over anywhere in a store is found, or changes nothing that anybody could see."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from damage.damage import Flip, Tally, flips, harm, run, tried
from damage.world import World, build

from provenance.engine import ENGINE
from provenance.ledger.schema import SCHEMA

FLIPS = 119


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Give a store with everything in it that git and the ledger put there."""
    return build(tmp_path_factory.mktemp("world"))


@pytest.mark.slow
def test_every_flipped_bit_is_found_or_harmless(world: World) -> None:
    """Nothing is missed, and where an object of an article is hit, the article is named."""
    tallies = run(world, FLIPS, seed=20_261_122)

    assert [] == [line for each in tallies.values() for line in each.missed]
    assert [] == [line for each in tallies.values() for line in each.unnamed]
    assert FLIPS == sum(each.found + each.refused + each.harmless for each in tallies.values())
    assert FLIPS / 3 < sum(each.found for each in tallies.values())


def test_the_harness_sees_what_a_check_of_the_ledger_alone_passes_over(world: World) -> None:
    """A word changed inside a row is no damage to SQLite; it is harm, and `prov fsck --deep` finds it."""
    path = world.path / "ledger.sqlite"
    whole = path.read_bytes()
    flip = Flip("ledger", path.name, whole.index(b"Ferry sinks in calm"), 0)

    path.write_bytes(whole[: flip.byte] + bytes([whole[flip.byte] ^ 1]) + whole[flip.byte + 1 :])
    with closing(sqlite3.connect(path)) as connection:
        assert [("ok",)] == connection.execute("PRAGMA integrity_check").fetchall()
    harmed = harm(world)
    path.write_bytes(whole)
    tally = Tally()
    tried(world, flip, tally)

    assert "today" in harmed
    assert (1, []) == (tally.found, tally.missed)


@pytest.mark.parametrize(
    ("said", "bit"),
    [(b"TABLE copies", 7), (b"NOT NULL", 7), (b"UNIQUE", 7), (b"CONSTRAINT", 7), (b"PRIMARY KEY (article, n)", 7)],
)
def test_a_schema_that_cannot_be_read_is_damage_and_no_bug(world: World, said: bytes, bit: int) -> None:
    """What SQLite then quotes is no text any more, and Python fails on the message itself."""
    whole = (world.path / "ledger.sqlite").read_bytes()
    for place in (whole.index(said) + 6, whole.rindex(said) + len(said) - 1):
        tally = Tally()
        tried(world, Flip("ledger", "ledger.sqlite", place, bit), tally)
        assert (1, []) == (tally.found + tally.refused, tally.missed)


@pytest.mark.parametrize(("name", "came"), [(SCHEMA, "found"), (ENGINE, "harmless")])
def test_a_ledger_that_seems_of_another_make_is_found_or_worked_out_anew(world: World, name: str, came: str) -> None:
    """The name of the schema, which would be migrated once more, and that of the engine, after which all is new."""
    whole = (world.path / "ledger.sqlite").read_bytes()
    before = b"" if came == "found" else b"engine"
    flip = Flip("ledger", "ledger.sqlite", whole.index(before + name.encode()) + len(before + name.encode()) - 1, 0)
    if whole[flip.byte] & 1 == 0:
        flip = replace(flip, bit=1)
    tally = Tally()

    tried(world, flip, tally)

    assert (1, []) == (tally.refused + getattr(tally, came), tally.missed)


def test_the_bits_that_are_tried_are_spread_over_every_kind_of_file(world: World) -> None:
    """Small files are hit as well: settings, refs, the lock."""
    hit = {Path(each.file).name for each in flips(world, 400, seed=1)}

    assert {"main", "packed-refs", "HEAD", "config", "FORMAT", "lock", "ledger.sqlite", "commit-graph"} <= hit
    assert {".pack", ".idx", ".rev", ".bitmap"} <= {Path(name).suffix for name in hit}
