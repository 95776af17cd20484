"""Proposals: what could be put into a copy for one edit that it lacks, likest first; none of them is proved yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from provenance.engine.comparison import Comparison
from provenance.engine.features import Sentence
from provenance.engine.patching import fuzzy, house, passages
from provenance.engine.patching.blocks import Block, blocks, windows
from provenance.engine.patching.merging import Wording, merged
from provenance.engine.patching.splices import EditName, Splice, Spliced
from provenance.engine.patching.values import Lacking, Placing, Proposal, Why
from provenance.engine.words import words
from provenance.model import Aspect, Edit, Op, Span

ALSO = 0.8
"""Share of words from which on a second place of the copy is a wording of the same sentences."""

BETWEEN = 2
"""Words that may stay as they are between two edits that read as one change."""


def proposals(lacking: Lacking, company: Sequence[Lacking], comparison: Comparison) -> Iterator[Placing]:
    """Propose ways to put an edit into a copy, and say last why there is none (or no other).

    `company` are all edits of the updates that the copy lacks, itself among them: where they change one sentence, all
    are made or none.
    """
    edit, group = lacking.edit, _group(lacking, company, comparison)
    if lacking.told or edit.field:
        yield Why.ITS_NOTICE
    elif edit.op is Op.MOVE:
        yield Why.ORDER
    elif len(group) > 1:
        yield from _merged(group, company, comparison)
        yield Why.OTHER_WORDS
    elif is_whole(lacking, comparison) and edit.op is Op.INSERT:
        yield passages.added(edit, lacking.revision, comparison)
    elif is_whole(lacking, comparison) and edit.op is Op.DELETE:
        yield passages.removed(edit, lacking.revision, comparison)
    else:
        yield from _merged(group, company, comparison)
        found = _headline(lacking.revision, comparison) if Aspect.HEADLINE in edit.aspects else None
        if found:
            yield found
        yield Why.HEADLINE if Aspect.HEADLINE in edit.aspects else Why.OTHER_WORDS


def _group(lacking: Lacking, company: Sequence[Lacking], comparison: Comparison) -> list[Lacking]:
    """Give an edit with those beside it in its paragraph, and those beside them: what reads as one change."""
    group, text = [lacking], comparison.lineage.texts[lacking.revision]
    near = [each for each in company if each.revision == lacking.revision and each.edit.op is not Op.MOVE]
    for one in group:  # it grows
        group += [each for each in near if each not in group and neighbours(one.edit, each.edit, text)]
    return group


def is_whole(lacking: Lacking, comparison: Comparison) -> bool:
    """Tell whether an edit puts in or takes out whole sentences."""
    edit, revision = lacking.edit, lacking.revision
    home, span = (revision, edit.after_span) if edit.op is Op.INSERT else (revision - 1, edit.before_span)
    if span is None:
        return False
    return any(span[0] <= s.span[0] and s.span[1] <= span[1] for s in comparison.revisions[home])


def _headline(revision: int, comparison: Comparison) -> Proposal | None:
    """Exchange a headline that is to the word one that the article had."""
    new = _top(comparison.revisions[-1])
    mine = _top(comparison.body)
    old = {_keys(_top(comparison.revisions[n])) for n in range(revision)}
    if not new or not mine or _keys(mine) not in old:
        return None
    text = comparison.lineage.texts[-1][new[0].span[0] : new[-1].span[1]]
    listed = words(comparison.copy[: mine[-1].span[1]])
    # signs before the first word are the house's own: a mark of a heading, a bullet
    text = house.quotes(text[words(text)[0].span[0] :], comparison.copy)
    return Proposal((Splice((listed[0].span[0], mine[-1].span[1]), text),), exact=True)


def _top(sentences: Sequence[Sentence]) -> list[Sentence]:
    return [sentence for sentence in sentences if sentence.paragraph == 0]


def _keys(sentences: Sequence[Sentence]) -> tuple[str, ...]:
    return tuple(key for sentence in sentences for key in sentence.keys)


def _merged(group: Sequence[Lacking], company: Sequence[Lacking], comparison: Comparison) -> Iterator[Placing]:
    """Propose the merge of each earlier wording of the sentences around some edits, likest first."""
    lineage, headline = comparison.lineage, any(Aspect.HEADLINE in each.edit.aspects for each in group)
    body = _top(comparison.body) if headline else comparison.body
    ways: list[tuple[float, Block, list[tuple[float, Span]]]] = []
    for block in blocks([each.edit for each in group], group[0].revision, lineage):
        places = windows(lineage.texts[block.revision][slice(*block.old)], comparison.copy, body)
        if places:
            ways.append((places[0][0], block, places))
    for _, block, places in sorted(ways, key=lambda way: -way[0]):
        merging = _Merging(block, company, comparison, group[0].name)
        found = [merging.at(span) for share, span in places if share == places[0][0] or share >= ALSO]
        made = [each for each in found if each]
        if made:
            yield Proposal(tuple(s for each in made for s in each.splices), exact=all(each.exact for each in made))
    for _, block, places in sorted(ways, key=lambda way: -way[0]):
        start, end = places[0][1]
        old, new = lineage.texts[block.revision][slice(*block.old)], lineage.texts[-1][slice(*block.new)]
        splices = fuzzy.placed(old, new, comparison.copy[start:end], (group[0].name,))
        if splices:
            yield Proposal(tuple(replace(each, span=_from(-start, each.span)) for each in splices))


class _Merging:
    """One block of the article, to be merged into places of a copy: all that changed there, or nothing.

    What changed by edits that are not in company is put down to `name`.
    """

    def __init__(self, block: Block, company: Sequence[Lacking], comparison: Comparison, name: EditName) -> None:
        self._name = name
        lineage, last = comparison.lineage, len(comparison.revisions) - 1
        self._copy = comparison.copy
        self._old = lineage.texts[block.revision][slice(*block.old)]
        self._new = lineage.texts[last][slice(*block.new)]
        self._known = (*lineage.texts, comparison.copy)
        self._edits: list[tuple[EditName, Span, Span]] = []
        for each in company:
            edit, revision = each.edit, each.revision
            if revision <= block.revision or edit.before_span is None or edit.after_span is None:
                continue
            gone = _from(block.old[0], lineage.carry(edit.before_span, revision - 1, block.revision))
            come = _from(block.new[0], lineage.carry(edit.after_span, revision, last))
            self._edits.append((each.name, gone, come))

    def at(self, span: Span) -> Proposal | None:
        """Merge it into one place of the copy; None where it cannot be, or nothing is to be done there."""
        there = self._copy[slice(*span)]
        found = merged(self._old, self._new, there, self._names, self._known)
        if not found:
            return None
        made = Wording.of(Spliced.of(there, found).text)
        exact = [token.key for token in made.tokens] == [token.key for token in Wording.of(self._new).tokens]
        return Proposal(tuple(replace(each, span=_from(-span[0], each.span)) for each in found), exact=exact)

    def _names(self, old: Span, new: Span) -> tuple[EditName, ...]:
        found = tuple(name for name, gone, come in self._edits if _meets(old, gone) or _meets(new, come))
        return found or (self._name,)


def _from(start: int, span: Span) -> Span:
    return span[0] - start, span[1] - start


def _meets(x: Span, y: Span) -> bool:
    if x[0] == x[1] or y[0] == y[1]:
        return x[0] <= y[1] and y[0] <= x[1]
    return x[0] < y[1] and y[0] < x[1]


def neighbours(x: Edit, y: Edit, text: str) -> bool:
    """Tell whether two edits of one revision, whose text it is, stand side by side in one paragraph."""
    if x.after_span is None or y.after_span is None:
        return False
    a, b = sorted((x.after_span, y.after_span))
    between = text[a[1] : b[0]]
    return "\n" not in between and len(words(between)) <= BETWEEN
