"""Answers kept from one check to the next, in the user's own cache folder and never in the repository.

What is kept is looked up by the bytes of a file and by the state of the articles held, of the engine and of the
settings that count, so a change of any of these asks anew. Whoever can write to the folder can write the answers: in a
build whose cache others may fill, say `--no-cache`.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from provenance.app.gate.answers import Against, Answer, Problem, Shown
from provenance.model import ArticleId, Code, Found, Kind, Outcome, Passage, Place, State

FORM = "2"
"""Changes whenever answers are made or kept in another way."""
_SHARD = 2


def place(environment: Mapping[str, str], root: Path) -> Path | None:
    """Say where answers about a project are kept: below $XDG_CACHE_HOME or ~/.cache; None where neither is there."""
    named = environment.get("XDG_CACHE_HOME", "")
    home = environment.get("HOME", "")
    base = Path(named) if named.startswith("/") else Path(home, ".cache") if home.startswith("/") else None
    return base / "prov" / "check" / _name(str(root)) if base else None


def _name(*parts: str) -> str:
    return sha256("\0".join(parts).encode(errors="surrogateescape")).hexdigest()[:32]


class Cache:
    """The answers kept for one project at one state; without a folder it keeps nothing."""

    def __init__(self, folder: Path | None, *state: str) -> None:
        self._top = folder if folder is None or _is_ours(folder) else None
        self._folder = self._top / _name(FORM, *state) if self._top else None
        self._shards: dict[str, dict[str, Any]] = {}
        self._changed: set[str] = set()

    def get(self, *key: str) -> tuple[Answer, ...] | None:
        """Give the answers about a file, None where they have to be found."""
        if self._folder is None:
            return None
        name = _name(*key)
        found = self._shard(name[:_SHARD]).get(name)
        try:
            return None if found is None else tuple(map(_answer, found))
        except (ValueError, TypeError, KeyError, IndexError):
            return None  # not what we wrote: asked anew

    def put(self, answers: Sequence[Answer], *key: str) -> None:
        """Keep the answers about a file."""
        if self._folder is not None:
            name = _name(*key)
            self._shard(name[:_SHARD])[name] = [_row(each) for each in answers]
            self._changed.add(name[:_SHARD])

    def save(self) -> None:
        """Write what is new, and forget what belongs to another state; a full disk costs the cache, not the check."""
        if self._folder is None or self._top is None or not self._changed:
            return
        import shutil

        with suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for name in sorted(self._changed):
                beside = self._folder / f".{name}.{os.getpid()}"
                beside.write_text(json.dumps(self._shards[name], separators=(",", ":")), encoding="utf-8")
                beside.replace(self._folder / f"{name}.json")
            for other in self._top.iterdir():
                if other != self._folder:
                    shutil.rmtree(other, ignore_errors=True)

    def _shard(self, name: str) -> dict[str, Any]:
        if name not in self._shards:
            assert self._folder is not None
            try:
                found = json.loads((self._folder / f"{name}.json").read_bytes())
            except (OSError, ValueError, RecursionError):
                found = {}
            self._shards[name] = found if isinstance(found, dict) else {}
        return self._shards[name]


def _is_ours(folder: Path) -> bool:
    """Tell a folder that nobody else can write to, or that is not there yet."""
    try:
        found = folder.lstat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return found.st_uid == os.geteuid() and not found.st_mode & 0o022 and not folder.is_symlink()


# --- answers as plain values: lists in the order of the fields


def _row(answer: Answer) -> list[Any]:
    head = [answer.name, answer.item, answer.digest, answer.outcome, answer.text, answer.why]
    problems = [[p.code, p.url, p.by, p.upstream, p.publisher, p.headline, p.message, p.hint] for p in answer.problems]
    return [*head, [_against_row(each) for each in answer.against], problems]


def _answer(row: Sequence[Any]) -> Answer:
    name, item, digest, outcome, text, why, against, problems = row
    found = tuple(Problem(Code(code), *rest) for code, *rest in problems)
    return Answer(name, item, digest, Outcome(outcome), text, why, tuple(map(_against, against)), found)


def _against_row(a: Against) -> list[Any]:
    head = [a.upstream, a.url, a.publisher, a.headline, a.found, a.revision, a.made_from, a.commit, a.coverage, a.state]
    return [*head, [_shown_row(each) for each in a.shown]]


def _against(row: Sequence[Any]) -> Against:
    upstream, url, publisher, headline, found, revision, made_from, commit, coverage, state, shown = row
    first, last = made_from
    return Against(
        upstream=ArticleId(upstream),
        url=url,
        publisher=publisher,
        headline=headline,
        found=Found(found),
        revision=revision,
        made_from=(first, last),
        commit=commit,
        coverage=coverage,
        state=state,
        shown=tuple(map(_shown, shown)),
    )


def _shown_row(s: Shown) -> list[Any]:
    since = s.since.isoformat() if s.since else None
    head = [s.update, s.kind, s.declared, s.revision, since, s.state, s.confidence, s.because, s.reason, s.notice]
    return [*head, s.dropped, s.withdraws, [_passage_row(each) for each in s.passages]]


def _shown(row: Sequence[Any]) -> Shown:
    (
        update,
        kind,
        declared,
        revision,
        since,
        state,
        confidence,
        because,
        reason,
        notice,
        dropped,
        withdraws,
        passages,
    ) = row
    return Shown(
        update=update,
        kind=Kind(kind),
        declared=declared,
        revision=revision,
        since=datetime.fromisoformat(since) if since else None,
        state=State(state),
        confidence=confidence,
        because=because,
        reason=reason,
        notice=notice,
        dropped=dropped,
        withdraws=withdraws,
        passages=tuple(map(_passage, passages)),
    )


def _passage_row(p: Passage) -> list[Any]:
    place = [p.place.line, p.place.column, p.place.end_line, p.place.end_column, p.place.span] if p.place else None
    return [p.edit, p.quote, p.wanted, p.because, p.confidence, place, p.before, p.after]


def _place(line: int, column: int, end_line: int, end_column: int, span: Sequence[int]) -> Place:
    return Place(line, column, end_line, end_column, (span[0], span[1]))


def _passage(row: Sequence[Any]) -> Passage:
    edit, quote, wanted, because, confidence, place, before, after = row
    where = _place(*place) if place else None
    return Passage(edit, quote, wanted, because, confidence, where, before, after)
