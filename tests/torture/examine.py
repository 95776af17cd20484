"""A store examined after whatever happened to it: by plain git, by `prov fsck --deep`, and against a rebuilt ledger."""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

Fact = tuple[str, int]
"""A revision by the article's id and its number."""

REMAINS = (
    "**/*.lock",
    "**/tmp_*",
    "**/.tmp-*",
    "**/*.keep",
    "**/fast_import_crash_*",
    "**/new-facts.git",
    "**/*-journal",
    "**/.*.prov",
    "**/.*.new",
    "**/*-new-*",
    "**/.*.[0-9]*",
    "**/.*restoring*",
)
"""What nobody may find after a command that ended well."""

_TRAILER = re.compile(r"^Prov-Article: ([0-9a-f]{16})\nProv-Revision: (\d+)$", re.MULTILINE)
_SAID = re.compile(rb"^(?:stored|unchanged) +([0-9a-f]{16}) @(\d+)", re.MULTILINE)


def plain(facts: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run git on a repository as anybody would."""
    environment = {"PATH": os.environ["PATH"], "HOME": os.devnull, "LC_ALL": "C", "GIT_CONFIG_NOSYSTEM": "1"}
    return subprocess.run(
        ["git", f"--git-dir={facts}", *arguments], capture_output=True, text=True, env=environment, check=False
    )


def stored(store: Path) -> Counter[Fact]:
    """Count the revisions in the log, read with plain git."""
    facts = store / "facts.git"
    if not facts.is_dir():
        return Counter()
    told = plain(facts, "log", "--format=%B%x00", "main", "--")
    return Counter((article, int(n)) for article, n in _TRAILER.findall(told.stdout))


def head(store: Path) -> str:
    """Give the last commit of the log, "" where there is none."""
    facts = store / "facts.git"
    return plain(facts, "rev-parse", "--verify", "--quiet", "main").stdout.strip() if facts.is_dir() else ""


def acknowledged(said: bytes) -> set[Fact]:
    """Read from standard output what was reported as stored."""
    return {(article.decode(), int(n)) for article, n in _SAID.findall(said)}


def git_complaints(store: Path) -> Iterator[str]:
    """Say what plain git finds wrong with the objects."""
    facts = store / "facts.git"
    if facts.is_dir():
        ran = plain(facts, "fsck", "--strict", "--no-dangling", "--no-progress")
        said = [line for line in (ran.stdout + ran.stderr).splitlines() if not line.startswith("notice: ")]
        if ran.returncode or said:
            yield f"git fsck: {ran.returncode} {said[:3]}"


def prov_complaints(store: Path) -> Iterator[str]:
    """Say what `prov fsck --deep` finds wrong."""
    from server import prov

    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = prov(["--store", str(store), "fsck", "--deep"])
    if code:
        yield f"prov fsck: {code} {err.getvalue().strip()[:300]}"


def ledger_complaints(store: Path, scratch: Path) -> Iterator[str]:
    """Say where the ledger differs from one rebuilt from nothing."""
    from provenance.app.catch_up import catch_up
    from provenance.app.workspace import Workspace
    from provenance.ledger import Ledger

    held = Workspace(store)
    if held.ledger.cursor() != held.store.head():
        yield f"ledger: at {held.ledger.cursor()[:8]}, the log at {held.store.head()[:8]}"
        return
    scratch.unlink(missing_ok=True)
    fresh = Workspace(store)
    fresh.__dict__["ledger"] = Ledger.open(scratch, fresh.engine)
    catch_up(fresh)
    kept, anew = held.ledger.rows(), fresh.ledger.rows()
    for table in sorted(kept.keys() | anew.keys()):
        if kept.get(table) != anew.get(table):
            yield f"ledger: {table} differs: {_differing(kept.get(table, []), anew.get(table, []))}"


def _differing(these: Iterable[object], those: Iterable[object]) -> str:
    left, right = ([repr(each) for each in rows] for rows in (these, those))
    only = [each for each in left if each not in right][:1], [each for each in right if each not in left][:1]
    return f"{len(left)} and {len(right)} rows, {only}"[:300]


def remains(world: Path) -> list[str]:
    """Give the temporary files that lie about."""
    found = {str(path.relative_to(world)) for pattern in REMAINS for path in world.glob(pattern)}
    return sorted(found - {"prov.lock"})


def after_crash(store: str, said: str, before: Mapping[str, int] | list[list[object]], kept: str) -> int:
    """Print what is wrong with a store that a command was killed in; `before` are the facts that it had."""
    path = Path(store)
    had = {(str(article), int(str(n))) for article, n in before}
    told = acknowledged(Path(said).read_bytes()) if said else set()
    found = stored(path)
    problems = [f"lost: {fact}" for fact in sorted((had | told) - found.keys())]
    problems += [f"twice: {fact}" for fact, count in found.items() if count > 1]
    if kept and plain(path / "facts.git", "merge-base", "--is-ancestor", kept, "main").returncode:
        problems.append(f"lost: the log does not go on from {kept[:8]}")
    if (path / "FORMAT").exists():
        problems += [*git_complaints(path), *prov_complaints(path)]
    return tell(problems)


def after_all(store: str, wanted: list[list[object]], scratch: str, world: str) -> int:
    """Print what is wrong with a store in which the same command came to its end; `wanted` are its facts, once each."""
    path = Path(store)
    expected = Counter((str(article), int(str(n))) for article, n in wanted)
    found = stored(path)
    problems = [f"lost: {fact}" for fact in sorted(expected.keys() - found.keys())]
    problems += [f"twice: {fact}" for fact in sorted((found - expected).keys())]
    problems += [f"left behind: {name}" for name in remains(Path(world))]
    problems += [*git_complaints(path), *prov_complaints(path)]
    if found and scratch:
        problems += ledger_complaints(path, Path(scratch))
    return tell(problems)


def tell(problems: list[str]) -> int:
    """Print problems, one a line."""
    sys.stdout.write("".join(f"{each}\n" for each in problems))
    return 0
