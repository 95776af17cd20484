"""Splices: places in a text with the words that are to stand there instead, put in one after the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from provenance.model import Span

EditName = tuple[str, int]
"""An edit by its update's id and its number there."""


@dataclass(frozen=True, slots=True)
class Splice:
    """What stands in `span` (code points of a text) gives way to `text`; `edits` are those that ask for it."""

    span: Span
    text: str
    edits: tuple[EditName, ...] = ()


@dataclass(frozen=True, slots=True)
class Spliced:
    """A text with some splices put in, which count in the text as it was; in order, none touches another."""

    text: str
    splices: tuple[Splice, ...] = ()

    @classmethod
    def of(cls, original: str, splices: Iterable[Splice]) -> Spliced:
        """Put splices that count in one text, and do not overlap, into it."""
        made = cls(original)
        for splice in sorted(splices, key=lambda each: each.span, reverse=True):
            made = made.put([splice])
        return made

    def put(self, splices: Iterable[Splice]) -> Spliced:
        """Put in more splices, which count in the text as it is now and do not overlap."""
        made = self
        for splice in sorted(splices, key=lambda each: each.span, reverse=True):
            made = made._one(splice)
        return made

    def _one(self, splice: Splice) -> Spliced:
        """Put in one, joined with those that it touches."""
        (first, last), shift = splice.span, 0
        before: list[Splice] = []
        after: list[Splice] = []
        joined: list[tuple[Span, Splice]] = []
        origin = first
        for each in self.splices:
            here = (each.span[0] + shift, each.span[0] + shift + len(each.text))
            if here[1] < first:
                before.append(each)
            elif here[0] > last:
                after.append(each)
            else:
                joined.append((here, each))
            shift += len(each.text) - (each.span[1] - each.span[0])
            if here[1] < first:
                origin = first - shift
        start = min([first, *(here[0] for here, _ in joined)])
        end = max([last, *(here[1] for here, _ in joined)])
        text = self.text[start:first] + splice.text + self.text[last:end]
        left = min([origin, *(each.span[0] for _, each in joined)])
        grown = sum(len(each.text) - (each.span[1] - each.span[0]) for _, each in joined)
        right = left + (end - start) - grown
        edits = tuple(dict.fromkeys([name for _, each in joined for name in each.edits] + list(splice.edits)))
        whole = self.text[:first] + splice.text + self.text[last:]
        return Spliced(whole, (*before, Splice((left, right), text, edits), *after))
