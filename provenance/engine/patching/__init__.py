"""Patching: what to change in a copy's text so that it carries what it misses, and what cannot be placed.

Every proposal is put to the proof: with it, the copy is judged again, and it is taken only where the edit is carried
then and nothing else stands worse than before. What is not proved is listed with the words that should stand there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from provenance.engine import standings
from provenance.engine.comparison import Comparison
from provenance.engine.patching import passages
from provenance.engine.patching.blocks import Block, blocks, windows
from provenance.engine.patching.merging import merged
from provenance.engine.patching.passages import Placing, Why
from provenance.engine.patching.splices import EditName, Splice, Spliced
from provenance.model import Aspect, Copy, Edit, EditStanding, Kind, Op, Revision, Span, State, Update

__all__ = ["Left", "Patch", "Splice", "Spliced", "Why", "patch"]

WRONG = frozenset({State.MISSING, State.PARTIAL})
TRIES = 3
"""So many places of one edit are mended, each proved by itself."""
ALSO = 0.8
"""Share of words from which on a second place of the copy is a wording of the same sentences."""


@dataclass(frozen=True, slots=True)
class Left:
    """An edit that was not placed: the copy's own words where it should be, if any, and why not."""

    update: Update
    edit: Edit
    standing: EditStanding
    why: Why


@dataclass(frozen=True, slots=True)
class Patch:
    """What came of it: the text with its splices, the edits that they place, those left, and the verdict after it."""

    made: Spliced
    placed: tuple[EditName, ...]
    left: tuple[Left, ...]
    after: Copy


Judge = Callable[[str], Copy]


def patch(revisions: Sequence[Revision], updates: Sequence[Update], copy: Revision, skip: Collection[str] = ()) -> Patch:
    """Mend what a copy misses of the updates of its upstream, but for those in `skip` (ids).

    `revisions` come with their texts, oldest first; the copy is taken for one, whatever it shares with them.
    """

    def judge(text: str) -> Copy:
        found = standings.judge(revisions, updates, replace(copy, text=text), None, declared=True)
        assert found is not None
        return found

    before = judge(copy.text)
    work = _Work(revisions, updates, copy, skip, judge, before)
    if any(each.kind is Kind.RETRACTION and each.id in work.lacking() for each in updates):
        return Patch(Spliced(copy.text), (), tuple(work.withdrawn()), before)
    work.run()
    return Patch(work.made, tuple(work.placed), tuple(work.leavings()), work.verdict)


class _Work:
    """A copy that is being mended, edit by edit."""

    def __init__(
        self,
        revisions: Sequence[Revision],
        updates: Sequence[Update],
        copy: Revision,
        skip: Collection[str],
        judge: Judge,
        verdict: Copy,
    ) -> None:
        self.revisions, self.judge, self.verdict = revisions, judge, verdict
        self.updates = {each.id: each for each in updates if each.id not in skip}
        self.made = Spliced(copy.text)
        self.placed: dict[EditName, int] = {}
        self.left: dict[EditName, Why] = {}

    # --- what is lacking

    def states(self) -> dict[EditName, EditStanding]:
        return _states(self.verdict)

    def missed(self) -> list[EditName]:
        """Name the edits that are wrong in the copy, in the article's order."""
        found = [name for name, each in self.states().items() if each.state in WRONG and name[0] in self.updates]
        return sorted(found, key=lambda name: (self.updates[name[0]].revision, self._edit(name).after_span or (0, 0), name))

    def lacking(self) -> set[str]:
        return {update for update, _ in self.missed()}

    def withdrawn(self) -> Iterator[Left]:
        states = self.states()
        for name in self.missed():
            if self.updates[name[0]].kind is Kind.RETRACTION:
                yield Left(self.updates[name[0]], self._edit(name), states[name], Why.WITHDRAWN)

    def leavings(self) -> Iterator[Left]:
        states = self.states()
        for name in self.missed():
            yield Left(self.updates[name[0]], self._edit(name), states[name], self.left.get(name, Why.NOT_PROVED))

    def _edit(self, name: EditName) -> Edit:
        return next(each for each in self.updates[name[0]].edits if each.n == name[1])

    # --- mending it

    def run(self) -> None:
        """Place one edit after the other, until none can be placed any more."""
        while True:
            waiting = [n for n in self.missed() if n not in self.left and self.placed.get(n, 0) < TRIES]
            if not waiting:
                return
            why = self._place(waiting[0])
            if why:
                self.left[waiting[0]] = why
            else:
                # an addition may have found its neighbour now
                self.left = {n: w for n, w in self.left.items() if w is not Why.NO_NEIGHBOUR}

    def _place(self, name: EditName) -> Why | None:
        why = Why.NOT_PROVED
        for proposal in self._proposals(name):
            if isinstance(proposal, Why):
                why = proposal
                continue
            made = self.made.put(replace(each, edits=each.edits or (name,)) for each in proposal)
            verdict = self.judge(made.text)
            if self._is_proved(name, verdict):
                healed = [n for n in self.missed() if _states(verdict)[n].state not in WRONG]
                self.made, self.verdict = made, verdict
                for each in dict.fromkeys([name, *healed]):
                    self.placed[each] = self.placed.get(each, 0) + 1
                return None
        return why

    def _is_proved(self, name: EditName, after: Copy) -> bool:
        """Tell whether a copy as it would be has the edit, and stands nowhere worse than it does."""
        old, new = self.states(), _states(after)
        if new[name].state is not State.CARRIED:
            return False
        return not any(
            (each.state in WRONG and old[n].state not in WRONG)
            or (each.state is State.DIVERGED and old[n].state is State.CARRIED)
            for n, each in new.items()
        )

    def _proposals(self, name: EditName) -> Iterator[Placing]:
        update, edit = self.updates[name[0]], self._edit(name)
        if update.told or edit.field:
            yield Why.ITS_NOTICE
            return
        if edit.op is Op.MOVE:
            yield Why.ORDER
            return
        comparison = Comparison([r.text for r in self.revisions], self.made.text, self.revisions[-1].metadata.language)
        whole = _is_whole(edit, update.revision, comparison)
        if whole and edit.op is Op.INSERT:
            yield passages.added(edit, update.revision, comparison)
        elif whole and edit.op is Op.DELETE:
            yield passages.removed(edit, update.revision, comparison)
        elif Aspect.HEADLINE in edit.aspects:
            yield _headline(update.revision, comparison)
        else:
            yield from self._wordings(edit, update.revision, comparison)

    def _wordings(self, edit: Edit, revision: int, comparison: Comparison) -> Iterator[Placing]:
        """Propose the merge of each earlier wording of the sentences around an edit, likest first."""
        lineage, copy = comparison.lineage, comparison.copy
        ways: list[tuple[float, Block, list[tuple[float, Span]]]] = []
        for block in blocks(edit, revision, lineage):
            places = windows(lineage.texts[block.revision][slice(*block.old)], copy, comparison.body)
            if places:
                ways.append((places[0][0], block, places))
        for _, block, places in sorted(ways, key=lambda way: -way[0]):
            merge = _Merging(self, comparison, block)
            found = [merge.at(span) for share, span in places if share == places[0][0] or share >= ALSO]
            splices = [splice for each in found if each for splice in each]
            if splices:
                yield splices
        yield Why.OTHER_WORDS


class _Merging:
    """One block of the article, to be merged into places of a copy."""

    def __init__(self, work: _Work, comparison: Comparison, block: Block) -> None:
        lineage, last = comparison.lineage, len(comparison.revisions) - 1
        self._copy = comparison.copy
        self._old = lineage.texts[block.revision][slice(*block.old)]
        self._new = lineage.texts[last][slice(*block.new)]
        self._known = (*lineage.texts, comparison.copy)
        self._edits: list[tuple[EditName, Span, Span]] = []
        for name in work.missed():
            revision, edit = work.updates[name[0]].revision, work._edit(name)  # noqa: SLF001
            if revision <= block.revision or edit.before_span is None or edit.after_span is None:
                continue
            gone = _from(block.old[0], lineage.carry(edit.before_span, revision - 1, block.revision))
            come = _from(block.new[0], lineage.carry(edit.after_span, revision, last))
            self._edits.append((name, gone, come))

    def at(self, span: Span) -> list[Splice] | None:
        """Give the splices for one place of the copy."""
        found = merged(self._old, self._new, self._copy[slice(*span)], self._concerned, self._known)
        return found and [replace(each, span=_from(-span[0], each.span)) for each in found]

    def _concerned(self, old: Span, new: Span) -> tuple[EditName, ...]:
        return tuple(name for name, gone, come in self._edits if _meets(old, gone) or _meets(new, come))


def _from(start: int, span: Span) -> Span:
    return span[0] - start, span[1] - start


def _meets(x: Span, y: Span) -> bool:
    if x[0] == x[1] or y[0] == y[1]:
        return x[0] <= y[1] and y[0] <= x[1]
    return x[0] < y[1] and y[0] < x[1]


def _headline(revision: int, comparison: Comparison) -> Placing:
    """Exchange a headline that is to the word one that the article had."""
    [new] = _headlines(comparison, [len(comparison.revisions) - 1]) or [[]]
    mine = [s for s in comparison.body if s.paragraph == 0]
    keys = tuple(key for sentence in mine for key in sentence.keys)
    if not new or not mine or keys not in {tuple(k for s in each for k in s.keys) for each in _headlines(comparison, range(revision))}:
        return Why.HEADLINE
    text = comparison.lineage.texts[-1][new[0].span[0] : new[-1].span[1]]
    return [Splice((mine[0].span[0], mine[-1].span[1]), text)]


def _headlines(comparison: Comparison, revisions: Sequence[int] | range) -> list[list[Sentence]]:
    found = [[s for s in comparison.revisions[n] if s.paragraph == 0] for n in revisions]
    return [each for each in found if each]


def _is_whole(edit: Edit, revision: int, comparison: Comparison) -> bool:
    """Tell whether an edit puts in or takes out whole sentences."""
    home, span = (revision, edit.after_span) if edit.op is Op.INSERT else (revision - 1, edit.before_span)
    if span is None:
        return False
    return any(span[0] <= s.span[0] and s.span[1] <= span[1] for s in comparison.revisions[home])


def _states(copy: Copy) -> Mapping[EditName, EditStanding]:
    return {(standing.update, edit.n): edit for standing in copy.standings for edit in standing.edits}
