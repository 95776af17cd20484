"""Revisions and the run that found them go into the log, in groups that are each safe before the next one is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import sha256

from provenance.model import Observation
from provenance.store import commits, layout
from provenance.store.codec import write_observation
from provenance.store.entry import Entry
from provenance.store.failpoints import reach
from provenance.store.git import Git
from provenance.store.group import Prepared, prepare, send
from provenance.store.stream import Stream

GROUP = 1_000
"""Revisions between two acknowledgements: each costs two waits for the disk and leaves a pack."""

GROUP_BYTES = 16 * 2**20
"""Bytes between two acknowledgements, where articles are long; a group is in memory."""

_RUN_ENDS = b"end of the run"


def append(
    git: Git,
    head: str,
    entries: Iterable[Entry],
    observations: Iterable[Observation],
    *,
    keep: int,
    stored: Callable[[int], None],
) -> str:
    """Append revisions and their run to the log at `head`, and give the new head; `stored` hears of each group."""
    with Stream(git, head, keep=keep) as stream:
        group: list[Prepared] = []
        size = 0
        for entry in entries:
            group.append(prepare(entry))
            size += group[-1].size
            reach("after_revision")
            if len(group) >= GROUP or size >= GROUP_BYTES:
                send(stream, group)
                stream.acknowledge()
                stored(len(group))
                group, size = [], 0
        send(stream, group)
        _send_run(stream, observations)
        stream.finish()
        if group:
            stored(len(group))
        return stream.head


def _send_run(stream: Stream, observations: Iterable[Observation]) -> None:
    """Send a run as one commit, unless nothing was observed or the log has that very run already."""
    content, count, last = sha256(), 0, None
    for seen in observations:
        if last is None:
            stream.send(b"blob\nmark :2\ndata <<%b\n" % _RUN_ENDS)
        line = write_observation(seen)
        content.update(line)
        stream.send(line)
        last = seen.observed_at if last is None else max(last, seen.observed_at)
        count += 1
    if last is None:
        return
    stream.send(_RUN_ENDS + b"\n")
    name = content.hexdigest()[:16]
    path = layout.run(last, name)
    if not stream.holds(path):
        at = commits.seconds(last)
        author = f"{commits.COMMITTER} {at} +0000"
        stream.commit(author, at, commits.run_message(name, count), b"M 100644 :2 %b\n" % path.encode())
