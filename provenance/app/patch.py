"""`prov patch`: what to change in one republished file so that it carries what it misses, in the file's own signs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from provenance.app.gate import lock, subjects
from provenance.app.gate.answering import answered
from provenance.app.gate.cache import Cache
from provenance.app.gate.project import Project
from provenance.app.gate.upstreams import Story, Upstreams
from provenance.errors import SourceError
from provenance.model import Article, Copy, Edit, EditStanding, Outcome, Place, Revision, Update

if TYPE_CHECKING:
    from provenance.engine.alike import Meaning
    from provenance.engine.patching import EditName, Patch, Splice, Spliced
    from provenance.sources.escaping import Form
    from provenance.sources.rewriting import Rewritten

CODECS = ("utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "shift_jis", "gb18030", "euc_kr", "windows-1251")
"""What a file may be written back in: the first that gives the very bytes that were read."""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """An edit that the file misses and that could not be placed: what stands there now, where in the file, why not."""

    update: Update
    edit: Edit
    standing: EditStanding
    why: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Mended:
    """One article of a file beside its upstream: the updates of which something was placed, and what was not.

    `replaced` are the splices of the file's text that it took. `unnoted` are updates with a notice that was asked for
    and has to wait, since some of their edits were not placed.
    """

    item: str
    upstream: Article
    placed: tuple[Update, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    noted: tuple[str, ...] = ()
    unnoted: tuple[Update, ...] = ()
    withdrawn: Update | None = None
    replaced: tuple[Splice, ...] = ()


@dataclass(frozen=True, slots=True)
class FilePatch:
    """A file as it was received and as it should be, with what was mended in it. `why` says why it is no copy."""

    path: Path
    name: str
    received: bytes
    source: str
    made: Spliced
    codec: str = ""
    mended: tuple[Mended, ...] = ()
    why: str = ""

    @property
    def patched(self) -> str:
        """Give the text of the patched file."""
        return self.made.text

    @property
    def bytes(self) -> bytes:
        """Give the bytes of the patched file."""
        return self.patched.encode(self.codec) if self.patched != self.source else self.received


def patch(upstreams: Upstreams, project: Project, path: Path, now: datetime, *, note: bool = False) -> FilePatch:
    """Work out the patch of a file. `note` puts the publisher's notices under the article too.

    Updates that came out after `now` are left out. Raises SourceError for a file that cannot be read.
    """
    upstreams.head  # noqa: B018 - what is held is brought up to date before anything is asked of it
    file = next(subjects.collect([path], project), None)
    if file is None or path.is_dir():
        raise SourceError(f"not a regular file: {path}", hint="name one file; `prov check` looks at folders")
    received = subjects.content(file)
    if isinstance(received, SourceError):
        raise type(received)(f"{file.name}: {received}", hint=received.hint)
    whole = _File(file, received, project, now, upstreams.meaning, note=note)
    return whole.mended(list(whole.matched(upstreams)))


class _File:
    """One file that is being patched, article by article."""

    def __init__(
        self,
        file: subjects.File,
        received: bytes,
        project: Project,
        now: datetime,
        meaning: Meaning | None,
        *,
        note: bool,
    ) -> None:
        self._file, self._received, self._project = file, received, project
        self._now, self._meaning, self._note = now, meaning, note
        self._documents = list(subjects.read(file, received))

    def matched(self, upstreams: Upstreams) -> Iterator[tuple[subjects.Document, Story]]:
        """Give each article of the file with each upstream that it is a copy of, as `prov check` finds them."""
        by_item = {document.item: document for document in self._documents}
        locked = lock.read(self._project.root)
        for answer in answered(upstreams, self._project, [self._file], locked, Cache(None)):
            if answer.outcome is Outcome.NOT_CHECKED:
                raise SourceError(f"{self._file.name}: {answer.why}", hint="mend the file first")
            found = upstreams.stories([each.upstream for each in answer.against])
            for each in answer.against:
                yield by_item[answer.item], found[each.upstream]

    def mended(self, pairs: list[tuple[subjects.Document, Story]]) -> FilePatch:
        """Patch every article that is a copy, one after the other."""
        from provenance.engine.patching import Spliced

        source = self._documents[0].source if self._documents else ""
        codec = next((name for name in CODECS if _is(source, name, self._received)), "")
        made = FilePatch(self._file.path, self._file.name, self._received, source, Spliced(source), codec)
        if not pairs:
            return replace(made, why="no copy of an article held")
        if not codec:
            raise SourceError(f"{self._file.name} cannot be written back as it is encoded", hint="save it as UTF-8")
        for document, story in pairs:
            made = self._one(made, document, story)
        return made

    def _one(self, made: FilePatch, document: subjects.Document, story: Story) -> FilePatch:
        from provenance.app import noting
        from provenance.engine import patching

        text = self._text(made, document)
        copy = document.revision(text)
        late = _late(story, self._now)
        found = patching.patch(story.revisions, story.updates, copy, late, self._meaning)
        withdrawn = next((left.update for left in found.left if left.why is patching.Why.WITHDRAWN), None)
        if withdrawn:
            mended = Mended(document.item, story.article, withdrawn=withdrawn)
            return replace(made, mended=(*made.mended, mended))
        rewritten = self._rewritten(made, document, text, found.made.splices)
        refused = {name for splice in rewritten.refused for name in splice.edits}
        lost = late | {update for update, _ in refused}
        notes, waiting = self._notes(story, found, copy, lost)
        if notes:
            note = noting.splice(text, notes)
            noted = self._rewritten(made, document, text, [*rewritten.made, note])
            rewritten, notes = (noted, notes) if note in noted.made else (rewritten, ())
        changed = made.made.put(rewritten.replaced)
        places = self._places(rewritten, document, made.codec)
        mended = Mended(
            document.item,
            story.article,
            placed=tuple(_placed(story, rewritten, refused)),
            unplaced=tuple(_unplaced(story, found, refused, self._written_out(story, copy), places)),
            noted=notes,
            unnoted=waiting,
            replaced=tuple(each for each in changed.splices if each not in made.made.splices),
        )
        return replace(made, made=changed, mended=(*made.mended, mended))

    def _notes(
        self, story: Story, found: Patch, copy: Revision, lost: Collection[str]
    ) -> tuple[tuple[str, ...], tuple[Update, ...]]:
        """Give the notes that are to be put under an article, and the updates whose note has to wait."""
        from provenance.app import noting

        if not self._note:
            return (), ()
        due = noting.due(story, found, copy, lost, self._project.note, self._now)
        return tuple(due), tuple(noting.waiting(story, found, copy, _late(story, self._now), lost))

    def _written_out(self, story: Story, copy: Revision) -> Callable[[], Copy]:
        """Give what judges an article with the sentences written out that should stand there."""
        from provenance.app.judging import judge

        def verdict() -> Copy:
            made = judge(story.revisions, story.updates, copy, None, declared=True, meaning=self._meaning)
            assert made is not None  # it is declared
            return made

        return verdict

    def _text(self, made: FilePatch, document: subjects.Document) -> str:
        """Give the canonical text of an article as the file has it by now."""
        found = self._read(made.patched, document, made.codec)
        assert found is not None  # it was read before, and every change to it was read again
        return found

    def _rewritten(
        self, made: FilePatch, document: subjects.Document, text: str, splices: Sequence[Splice]
    ) -> Rewritten:
        from provenance.sources.rewriting import Rewritten, rewrite

        if not splices:
            return Rewritten(made.patched)
        form = _form(made.patched, document, self._file.path)
        return rewrite(made.patched, text, splices, form, lambda source: self._read(source, document, made.codec))

    def _places(self, rewritten: Rewritten, document: subjects.Document, codec: str) -> Callable[[str], Place | None]:
        """Give what finds some words of the patched article in the patched file, where they stand once."""
        from provenance.sources.places import Places

        text = self._read(rewritten.source, document, codec) or ""
        places = Places.of(rewritten.source, text, document.item)

        def place(words: str) -> Place | None:
            at = text.find(words)
            return places.place((at, at + len(words))) if at >= 0 and text.count(words) == 1 else None

        return place

    def _read(self, source: str, document: subjects.Document, codec: str) -> str | None:
        """Read an article out of the file's text, None where it, or what it says of itself, is not as it was."""
        try:
            received = source.encode(codec)
        except UnicodeEncodeError:
            return None
        again = list(subjects.read(self._file, received))
        if len(again) != len(self._documents) or not received:
            return None
        for one, other in zip(again, self._documents, strict=True):
            if (one.reading is None) != (other.reading is None) or one.item != other.item:
                return None
            if one.reading and other.reading and one.reading.url != other.reading.url:
                return None
        reading = next((each.reading for each in again if each.item == document.item), None)
        return reading.text if reading else None


def _is(text: str, codec: str, received: bytes) -> bool:
    try:
        return text.encode(codec) == received
    except (UnicodeError, LookupError):
        return False


def _late(story: Story, now: datetime) -> frozenset[str]:
    """Name the updates that came out after a moment."""
    from provenance.engine.published import published

    times = published(story.revisions)
    late = {n for n, time in times.items() if time is not None and time > now}
    return frozenset(update.id for update in story.updates if update.revision in late)


def _form(source: str, document: subjects.Document, path: Path) -> Form:
    """Say how an article is written in its file."""
    from provenance.sources import exports
    from provenance.sources.escaping import form

    reading = document.reading
    assert reading is not None
    kind = reading.reader.partition(" ")[0]
    return form(source, kind, json=path.suffix.lower() in exports.SUFFIXES, item=document.item)


def _placed(story: Story, rewritten: Rewritten, refused: set[EditName]) -> Iterator[Update]:
    names = {update for splice in rewritten.made for update, _ in splice.edits} - {update for update, _ in refused}
    return (update for update in story.updates if update.id in names)


def _unplaced(
    story: Story,
    found: Patch,
    refused: set[EditName],
    verdict: Callable[[], Copy],
    places: Callable[[str], Place | None],
) -> Iterator[Unplaced]:
    from provenance.engine.patching import Why
    from provenance.engine.patching.mending import states

    wanted = {(each.update.id, each.edit.n): each.why for each in found.left}
    wanted |= dict.fromkeys(refused, Why.NO_PLACE)
    shown = states(verdict()) if wanted else {}
    for update in story.updates:
        for edit in update.edits:
            if why := wanted.get((update.id, edit.n)):
                standing = shown[update.id, edit.n]
                yield Unplaced(update, edit, standing, why.value, places(standing.quote) if standing.quote else None)
