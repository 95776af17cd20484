"""The invariants of the log, looked at one commit after the other; what holds of the log as a whole is counted.

The codes are those of store/README.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256

from provenance.errors import DamageError
from provenance.store import commits, layout
from provenance.store.codec import (
    Record,
    read_observation,
    read_record,
    read_waiver,
    write_observation,
    write_record,
    write_waiver,
)
from provenance.store.damage import Code, Damage
from provenance.store.layout import Part
from provenance.store.objects import Blob
from provenance.store.reading import Step
from provenance.store.walk import Change, Commit

_EDITED = "something other than prov wrote to the log; a clone from before that has the facts"
_LOST = "`prov fsck --repair --from BACKUP` takes the object from a backup or a clone"
_ONE = ({Part.RUN}, {Part.WAIVER}, {Part.RECORD, Part.TEXT}, {Part.RECORD, Part.TEXT, Part.SOURCE})


class Log:
    """What is known of the log so far, and the damage found in it."""

    def __init__(self) -> None:
        self._found: list[Damage] = []
        self._before = ""
        self._waived: dict[str, bytes] = {}
        """The waivers of each article, as its file stands."""
        self._records: dict[str, tuple[int, str, bool]] = {}
        """For each article the number and the text's digest of its last revision, and whether it has a source."""

    def take(self) -> Iterator[Damage]:
        """Give the damage found since the last time."""
        found, self._found = self._found, []
        return iter(found)

    def step(self, commit: Commit) -> Step:
        """Look at a commit's shape, and say what it holds: nothing, where it is not one fact."""
        self._in_line(commit)
        known = [(place, change) for change in commit.changes if (place := self._place(commit, change))]
        parts = {place.part: change.blob for place, change in known if change.letter != "D"}
        ids = {place.id for place, _ in known}
        if len(ids) != 1 or not any(parts.keys() <= each for each in _ONE) or parts.keys() <= {Part.TEXT, Part.SOURCE}:
            self._damaged(Code.COMMIT, commit.id, "", f"commit {commit.id} is not one revision, run or waiver")
            return Step(commit, "", {})
        return Step(commit, ids.pop(), parts)

    def contents(self, step: Step, blobs: Mapping[Part, Blob | DamageError]) -> None:
        """Look at what a commit holds, as far as it was read."""
        read: dict[Part, bytes] = {}
        for part, blob in blobs.items():
            if isinstance(blob, DamageError):
                self._damaged(Code.OBJECTS, step.blobs[part], step.id, str(blob), _LOST)
            else:
                read[part] = blob.data
        if Part.RUN in read:
            self._run(step, read[Part.RUN])
        if Part.WAIVER in read:
            self._waivers(step, read[Part.WAIVER])
        if Part.RECORD in read:
            self._record(step, read)

    def _in_line(self, commit: Commit) -> None:
        if commit.parents != ((self._before,) if self._before else ()):
            self._damaged(Code.LINE, commit.id, "", f"commit {commit.id} does not follow {self._before or 'nothing'}")
        self._before = commit.id

    def _place(self, commit: Commit, change: Change) -> layout.Place | None:
        place = layout.place(change.path)
        if place is None or (change.letter != "D" and change.mode != "100644"):
            self._damaged(Code.PATH, commit.id, "", f"commit {commit.id} has {change.path!r}, which is no fact")
            return None
        gone, replaced = change.letter == "D", change.letter != "A"
        if (gone and place.part is not Part.SOURCE) or (replaced and place.part is Part.RUN):
            article = "" if place.part is Part.RUN else place.id
            self._damaged(Code.KEPT, commit.id, article, f"commit {commit.id} takes {change.path} away")
        return place

    def _record(self, step: Step, read: Mapping[Part, bytes]) -> None:
        id, commit = step.id, step.commit.id
        try:
            record = read_record(read[Part.RECORD])
        except DamageError as error:
            self._damaged(Code.RECORD, step.blobs[Part.RECORD], id, f"commit {commit}: {error}")
            return
        n, text, sourced = self._records.get(id, (-1, "", False))
        sourced = Part.SOURCE in step.blobs or (sourced and not _drops_source(step))
        if write_record(record) != read[Part.RECORD]:
            self._damaged(Code.RECORD, step.blobs[Part.RECORD], id, f"the record in commit {commit} is not canonical")
        if record.n != n + 1:
            self._damaged(Code.NUMBER, commit, id, f"commit {commit} has revision {record.n} after {n}")
        if record.metadata.article != id:
            self._damaged(Code.IDENTITY, commit, id, f"commit {commit} files {record.metadata.article} as {id}")
        if not _says(step, record):
            self._damaged(Code.MESSAGE, commit, id, f"the message of commit {commit} is not what its record says")
        if record.text != (_sha(read[Part.TEXT]) if Part.TEXT in read else text if _keeps_text(step) else record.text):
            self._damaged(Code.TEXT, commit, id, f"the text in commit {commit} is not the one that its record names")
        self._source(step, record, read, sourced=sourced)
        self._records[id] = (record.n, record.text, sourced)

    def _source(self, step: Step, record: Record, read: Mapping[Part, bytes], *, sourced: bool) -> None:
        """Compare what was received with the record; unread bytes are taken at their word."""
        found = _sha(read[Part.SOURCE]) if Part.SOURCE in read else record.source
        if found != record.source or bool(record.source) != sourced:
            why = f"the received bytes in commit {step.commit.id} are not those that its record names"
            self._damaged(Code.SOURCE, step.commit.id, step.id, why)

    def _run(self, step: Step, content: bytes) -> None:
        commit = step.commit.id
        try:
            seen = [read_observation(line) for line in content.removesuffix(b"\n").split(b"\n")]
        except DamageError as error:
            self._damaged(Code.RUN, step.blobs[Part.RUN], "", f"commit {commit}: {error}")
            return
        if _sha(content)[:16] != step.id or b"".join(map(write_observation, seen)) != content:
            self._damaged(
                Code.RUN, step.blobs[Part.RUN], "", f"the run in commit {commit} is not the one it is named for"
            )
        for each in seen:
            if each.n > self._records.get(each.article, (-1, "", False))[0]:
                why = f"the run in commit {commit} saw revision {each.n} of {each.article}, which the log does not have"
                self._damaged(Code.RUN, commit, each.article, why)

    def _waivers(self, step: Step, content: bytes) -> None:
        commit, before = step.commit.id, self._waived.get(step.id, b"")
        try:
            held = [read_waiver(line) for line in content.removesuffix(b"\n").split(b"\n")]
        except DamageError as error:
            self._damaged(Code.WAIVER, step.blobs[Part.WAIVER], step.id, f"commit {commit}: {error}")
            return
        if b"".join(map(write_waiver, held)) != content:
            why = f"the waivers in commit {commit} are not canonical"
            self._damaged(Code.WAIVER, step.blobs[Part.WAIVER], step.id, why)
        if not content.startswith(before):
            self._damaged(Code.KEPT, commit, step.id, f"commit {commit} takes waivers of {step.id} away")
        self._waived[step.id] = content

    def _damaged(self, code: Code, thing: str, article: str, message: str, remedy: str = _EDITED) -> None:
        self._found.append(Damage(code, thing, article, message, remedy))


def _says(step: Step, record: Record) -> bool:
    """Say whether a commit's message names its article, number and digests."""
    said = commits.trailers(step.commit.message)
    return (said.article, said.n, said.text, said.source) == (step.id, record.n, record.text, record.source)


def _drops_source(step: Step) -> bool:
    return any(change.letter == "D" for change in step.commit.changes)


def _keeps_text(step: Step) -> bool:
    return Part.TEXT not in step.blobs


def _sha(content: bytes) -> str:
    return sha256(content).hexdigest()
