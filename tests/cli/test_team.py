"""A ledger in a database, from the command line: set up in one line, refused in one line, and never with a password."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from inside import ARTICLE, TEXT, Prov

SECRET = "pa55/w:rd"  # noqa: S105 - the one that must not be seen
QUOTED = "pa55%2Fw%3Ard"


@pytest.fixture(autouse=True)
def named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Name the store: one with its ledger elsewhere is not used because it happens to lie there."""
    monkeypatch.setenv("PROV_STORE", str(tmp_path / "store"))


def test_a_team_keeps_its_ledger_in_a_database(prov: Prov, new_database: Callable[[], str], tmp_path: Path) -> None:
    """Made, filled, looked at and rebuilt, without a ledger in the store's folder."""
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    url = new_database()

    for arguments in (
        ("init", "--ledger", url),
        ("ingest", "a.txt", "--url", ARTICLE),
        ("status",),
        ("log", ARTICLE),
        ("rebuild",),
        ("fsck", "--deep"),
        ("status", "--format", "json"),
    ):
        ran = prov(*arguments)
        assert (0, "") == (ran.code, ran.err), arguments
    assert ARTICLE in ran.out
    assert not (tmp_path / "store" / "ledger.sqlite").exists()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://prov:{}@/name?host=/nowhere", "the server does not answer"),
        ("postgresql://prov:{}@127.0.0.1:1/name", "the server does not answer"),
        ("postgresql://prov:{}@nowhere.invalid/name?connect_timeout=5", "there is no such host"),
        ("postgresql://prov@/name?host=/nowhere&password={}", "the server does not answer"),
        ("postgresql://prov:{}@host:port/name", "not the URL of a database"),
        ("nosuch://prov:{}@host/name", "not the URL of a database"),
        ("mssql+nosuch://prov:{}@host/name", "not the URL of a database"),
        ("oracle+oracledb://prov:{}@host/name", "driver is not installed: oracledb"),
    ],
)
def test_what_cannot_be_reached_is_one_line_without_the_password(
    prov: Prov, world: Path, url: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exit code 3, whatever is asked, and nothing is made; nor is the password in a trace that somebody asked for."""
    monkeypatch.setenv("PROV_DEBUG", "1")
    url = url.format(QUOTED)

    refused(prov, world, said, "init", "new", "--ledger", url)
    assert not (world / "new").exists()
    (world / "store" / "prov.toml").write_text(f'ledger = "{url}"\n', encoding="utf-8")
    for command in (("status",), ("rebuild",), ("ingest", "a.txt", "--url", ARTICLE), ("fsck",), ("policy",)):
        if command != ("policy",):
            refused(prov, world, said, *command)
        shown(prov(*command), world)


def test_a_driver_that_is_missing_is_named_with_its_extra(
    prov: Prov, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`newsprov` alone brings no PostgreSQL."""
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)

    ran = prov("init", "--ledger", f"postgresql://prov:{QUOTED}@host/name")

    assert 3 == ran.code
    assert "psycopg" in ran.err
    assert "pip install 'newsprov[postgresql]'" in ran.err
    assert not (tmp_path / "store").exists()


@pytest.fixture
def guarded(postgresql: str) -> Iterator[str]:
    """Give the URL of a server, without a password, that asks one user for it."""
    import psycopg

    url = postgresql.replace("//postgres:@", "//guarded@").replace("//postgres@", "//guarded@")
    with psycopg.connect(postgresql.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f"CREATE ROLE guarded LOGIN PASSWORD '{SECRET}'")  # type: ignore[call-overload]
        connection.execute("CREATE SCHEMA guarded AUTHORIZATION guarded")
        connection.execute("GRANT CREATE ON DATABASE postgres TO guarded")
        try:
            if any(lets_in(url.replace("+psycopg", "")) for _ in range(3)):
                pytest.skip("the server has not read its rules yet")
            yield url
        finally:
            connection.execute("DROP OWNED BY guarded CASCADE")
            connection.execute("DROP ROLE guarded")


def lets_in(url: str) -> bool:
    """Tell whether a server asks for no password."""
    import psycopg

    try:
        psycopg.connect(url).close()
    except psycopg.OperationalError:
        return False
    return True


def test_a_password_is_best_kept_out_of_the_settings(
    prov: Prov, world: Path, guarded: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It comes from the URL, from PGPASSWORD or from a pgpass file; where it is wrong or missing, that is said."""
    with_it = guarded.replace("guarded@", f"guarded:{QUOTED}@")

    refused(prov, world, "the server asks for a password", "init", "none", "--ledger", guarded)
    refused(prov, world, "does not let this user in", "init", "none", "--ledger", with_it.replace("pa55", "pa56"))
    shown(prov("init", "in-url", "--ledger", with_it), world, code=0)
    monkeypatch.setenv("PGPASSWORD", SECRET)
    shown(prov("init", "in-environment", "--ledger", guarded), world, code=0)
    monkeypatch.delenv("PGPASSWORD")
    (world / "pgpass").write_text(f"*:*:*:guarded:{SECRET.replace(':', chr(92) + ':')}\n", encoding="utf-8")
    (world / "pgpass").chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(world / "pgpass"))
    shown(prov("init", "in-file", "--ledger", guarded), world, code=0)
    shown(prov("--store", "in-file", "ingest", "a.txt", "--url", ARTICLE), world, code=0)
    shown(prov("--store", "in-file", "rebuild"), world, code=0)
    assert SECRET not in (world / "in-file" / "prov.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("value", [f'["{SECRET}"]', f'"postgresql://u:{SECRET}\\u0007@h/d"', f'{{a = "{SECRET}"}}'])
def test_a_setting_that_is_no_ledger_is_not_repeated(prov: Prov, world: Path, value: str) -> None:
    """Whatever stands there by mistake may hold a password."""
    (world / "store" / "prov.toml").write_text(f"ledger = {value}\n", encoding="utf-8")

    ran = prov("status")

    assert ran.code in {2, 3}
    assert SECRET not in ran.out + ran.err


def test_tables_of_another_program_are_left_alone(prov: Prov, world: Path, new_database: Callable[[], str]) -> None:
    """A database that is somebody else's is no place for a ledger."""
    import psycopg

    for tables in ("CREATE TABLE meta (key text, data text)", "CREATE TABLE articles (title text)"):
        url = new_database()
        with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(tables)  # type: ignore[call-overload]
        (world / "store" / "prov.toml").write_text(f'ledger = "{url}"\n', encoding="utf-8")

        ran = prov("status")

        assert 3 == ran.code
        assert "holds tables of another program" in ran.err


def refused(prov: Prov, world: Path, said: str, *arguments: str) -> None:
    """See a command refused in one line with exit code 3."""
    ran = prov(*arguments)
    assert 3 == ran.code, ran
    assert said in ran.err
    assert 1 == ran.err.count("\n")
    shown(ran, world)


def shown(ran: object, world: Path, code: int | None = None) -> None:
    """See to it that the password is in nothing that was printed or logged."""
    assert code is None or code == ran.code, ran  # type: ignore[attr-defined]
    logged = "".join(path.read_text("utf-8", "replace") for path in world.rglob("log/*"))
    for secret in (SECRET, QUOTED):
        assert secret not in f"{ran} {logged}"
