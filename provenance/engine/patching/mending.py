"""Mending: proposals put to the proof, one edit after the other, until none can be placed any more.

With a proposal put in, the copy is judged again. It is taken only where the edit is carried then, or the sentences are
the article's word for word, and nothing else stands worse than before.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from provenance.engine.comparison import Comparison
from provenance.engine.patching.proposals import is_whole, neighbours, proposals
from provenance.engine.patching.splices import EditName, Spliced
from provenance.engine.patching.values import Lacking, Left, Patch, Placing, Proposal, Why
from provenance.model import Copy, Edit, EditStanding, Op, Revision, State, Update

WRONG = frozenset({State.MISSING, State.PARTIAL})
MOST = 12
"""So many times one edit is placed at most: in so many places the copy has it."""
TAIL = frozenset({Why.GONE, Why.HALF})

Judge = Callable[[str], Copy]


class Mending:
    """A copy that is being mended; `blocked` edits are left as they are."""

    def __init__(
        self,
        revisions: Sequence[Revision],
        updates: Sequence[Update],
        copy: str,
        judge: Judge,
        blocked: Collection[EditName] = (),
    ) -> None:
        self._revisions, self._judge = revisions, judge
        self._updates = {each.id: each for each in updates}
        self.made = Spliced(copy)
        self.before = self.verdict = judge(copy)
        self.lacking = self._missed()
        self._left: dict[EditName, Why] = dict.fromkeys(blocked, Why.HALF)
        self._times: dict[EditName, int] = {}

    def run(self) -> Patch:
        """Place what can be placed, and start again as long as that lets something else be placed."""
        progress = True
        while progress:
            progress = False
            self._left = {name: why for name, why in self._left.items() if why in TAIL}
            while waiting := self._waiting():
                why = self._place(waiting[0])
                if why:
                    self._left[waiting[0]] = why
                progress |= why is None
        return Patch(self.made, tuple(self._leavings()), self.before, self.verdict)

    def halves(self) -> set[EditName]:
        """Name the edits that were placed while one beside them was not, and those beside them."""
        done = {name for splice in self.made.splices for name in splice.edits}
        lost = [name for name in self.lacking if name in self._left and name not in done]
        return {
            each
            for name in lost
            for other in self.lacking
            if other in done and self._side_by_side(name, other)
            for each in (name, other)
        }

    def _side_by_side(self, name: EditName, other: EditName) -> bool:
        revision = self._updates[name[0]].revision
        if revision != self._updates[other[0]].revision:
            return False
        return neighbours(self._edit(name), self._edit(other), self._revisions[revision].text)

    # --- what is lacking

    def _missed(self) -> list[EditName]:
        """Name the edits that are wrong in the copy, in the article's order."""
        found = [
            name for name, each in states(self.verdict).items() if each.state in WRONG and name[0] in self._updates
        ]
        return sorted(
            found, key=lambda name: (self._updates[name[0]].revision, self._edit(name).after_span or (0, 0), name)
        )

    def _waiting(self) -> list[EditName]:
        """Name what is still to be tried, also an added passage that seems told only since its neighbour is there."""
        done = {name for splice in self.made.splices for name in splice.edits}
        missed = self._missed()
        added = [n for n in self.lacking if self._edit(n).op is Op.INSERT and n not in done and n not in missed]
        comparison = self._comparison() if added else None
        waiting = [*missed, *(n for n in added if comparison and is_whole(self._of(n), comparison))]
        return [n for n in waiting if n not in self._left and self._times.get(n, 0) < MOST]

    def _leavings(self) -> Iterator[Left]:
        found = states(self.verdict)
        done = {name for splice in self.made.splices for name in splice.edits}
        lost = [name for name in self.lacking if name in self._left and name not in done]
        for name in dict.fromkeys([*self._missed(), *lost]):
            update = self._updates[name[0]]
            yield Left(update, self._edit(name), found[name], self._left.get(name, Why.NOT_PROVED))

    def _edit(self, name: EditName) -> Edit:
        return next(each for each in self._updates[name[0]].edits if each.n == name[1])

    def _of(self, name: EditName) -> Lacking:
        update = self._updates[name[0]]
        return Lacking(name, self._edit(name), update.revision, update.told)

    def _company(self) -> list[Lacking]:
        """List the edits of the updates that are lacking, but for those that the copy carries: half an update is none.

        What a later revision changed again comes along: it is on the way from the copy's words to those that stand now.
        """
        lacking = {name[0] for name in self._missed()}
        return [
            self._of(name)
            for name, each in states(self.verdict).items()
            if name[0] in self._updates
            and (each.state is State.SUPERSEDED or (name[0] in lacking and each.state is not State.CARRIED))
        ]

    def _comparison(self) -> Comparison:
        return Comparison(
            [each.text for each in self._revisions], self.made.text, self._revisions[-1].metadata.language
        )

    # --- mending it

    def _place(self, name: EditName) -> Why | None:
        """Put an edit in; give why it could not be."""
        why = Why.NOT_PROVED
        for placing in self._proposals(name):
            if isinstance(placing, Why):
                why = placing if why is Why.NOT_PROVED else why
            elif self._take(name, placing):
                return None
        return why

    def _proposals(self, name: EditName) -> Iterator[Placing]:
        return proposals(self._of(name), self._company() or [self._of(name)], self._comparison())

    def _take(self, name: EditName, proposal: Proposal) -> bool:
        """Put a proposal in where it is proved."""
        splices = [replace(each, edits=each.edits or (name,)) for each in proposal.splices]
        made = self.made.put(splices)
        verdict = self._judge(made.text)
        if made.text == self.made.text or not self._is_proved(name, verdict, exact=proposal.exact):
            return False
        self.made, self.verdict = made, verdict
        self._times[name] = self._times.get(name, 0) + 1
        return True

    def _is_proved(self, name: EditName, after: Copy, *, exact: bool) -> bool:
        """Tell whether a copy as it would be has the edit, and stands nowhere worse than it does."""
        old, new = states(self.verdict), states(after)
        if not exact and new[name].state is not State.CARRIED:
            return False
        return not any(
            (each.state in WRONG and old[n].state not in WRONG)
            or (each.state is State.DIVERGED and old[n].state is State.CARRIED)
            for n, each in new.items()
        )


def states(copy: Copy) -> Mapping[EditName, EditStanding]:
    """Give what a copy shows of every edit."""
    return {(standing.update, edit.n): edit for standing in copy.standings for edit in standing.edits}
