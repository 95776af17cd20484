"""The branch put forward again: to where the commits that are held go on from what was last read of them.

Only ever forward, and only along one line: where two lines go on from the same commit, a person has to choose.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from contextlib import closing

from provenance.errors import DamageError, StorageError
from provenance.store import around, durable, layout
from provenance.store.damaged import aside, copied
from provenance.store.git import Git
from provenance.store.guard import among
from provenance.store.objects import Object, objects
from provenance.store.refs import is_id, read_head

_PARENT = re.compile(rb"^parent ([0-9a-f]{40})$", re.MULTILINE)


def mend(git: Git, cursor: str, keep: int) -> Iterator[str]:
    """Move the branch to the end of the line on which `cursor` ("" for not known) lies, where it is not there.

    A branch that goes on from the cursor stays as it is, and so does one that is on another line.
    """
    parents = _commits(git)
    yield from _packed_refs(git, parents)
    head = _head(git)
    if head in parents and (not cursor or cursor in _line(parents, head)):
        return
    target = _end(parents, cursor)
    if not target or (head in parents and head not in _line(parents, target)):
        return
    yield _move(git, head if head in parents else "", target, keep)


def _commits(git: Git) -> dict[str, str]:
    """Give the parent ("" for none) of each commit that is held."""
    _, listed, _ = git.run("cat-file", "--batch-all-objects", "--batch-check=%(objectname) %(objecttype)")
    names = (line[:40] for line in listed.splitlines() if line.endswith(" commit"))
    found: dict[str, str] = {}
    with closing(objects(git, names)) as read:
        for each in read:
            if isinstance(each, Object):
                parents = [match.decode() for match in _PARENT.findall(each.data.partition(b"\n\n")[0])]
                found[each.id] = parents[0] if parents else ""
    return found


def _line(parents: Mapping[str, str], end: str) -> set[str]:
    """Give a commit and all before it, as far as they are held."""
    found: set[str] = set()
    while end in parents and end not in found:
        found.add(end)
        end = parents[end]
    return found


def _end(parents: Mapping[str, str], cursor: str) -> str:
    """Give the last commit of the one line that goes on from a commit; "" where there is none, or more than one."""
    if cursor and cursor not in parents:
        return ""
    children: dict[str, list[str]] = {}
    for child, parent in parents.items():
        children.setdefault(parent, []).append(child)
    end = cursor
    while after := children.get(end):
        if len(after) > 1:
            return end
        [end] = after
    if not cursor and _line(parents, end) != parents.keys():
        return ""  # there are others, and nothing says which were the log
    return end


def _packed_refs(git: Git, parents: Mapping[str, str]) -> Iterator[str]:
    """Write packed-refs anew where lines of it are damaged, with those that are not."""
    path = git.repository / "packed-refs"
    log = _line(parents, _head(git))
    if not any(True for _ in around.packed_refs(git.repository, log or parents)):
        return
    lines = path.read_bytes().decode("ascii", errors="replace").split("\n")
    kept = [line for line in lines if (found := around.PACKED.fullmatch(line)) and _counts(found, log, parents)]
    copied(git.repository.parent, path)
    fresh = path.with_name("packed-refs.lock")
    fresh.unlink(missing_ok=True)
    durable.write_file(fresh, "".join(f"{line}\n" for line in kept).encode())
    fresh.replace(path)
    durable.sync_folder(path.parent)
    yield "packed-refs was written anew without its damaged lines"


def _counts(found: re.Match[str], log: Container[str], parents: Mapping[str, str]) -> bool:
    """Tell whether a line of packed-refs is kept: the branch, what was fetched, and what names commits of no log."""
    if not found[2] or found[1] not in parents:
        return False
    return found[2] == layout.BRANCH or among(found[2], ("refs/remotes/*",)) or found[1] not in log


def _head(git: Git) -> str:
    try:
        return read_head(git.repository)
    except DamageError:
        return ""


def _move(git: Git, head: str, target: str, keep: int) -> str:
    store, loose = git.repository.parent, git.repository / layout.BRANCH
    if not head and loose.exists():
        aside(store, loose)
    move = git.start("update-ref", layout.BRANCH, target, *([head] if is_id(head) else []), keep=(keep,))
    status, _, complaint = move.outcome()
    if status:
        raise StorageError(f"the branch could not be moved: {complaint.strip()[:200]}", hint="run it again")
    durable.sync_folder(loose.parent)
    return f"the branch was set from {head or 'nothing'} to {target}"
