"""Aspects: what an edit touches, read off the words that only one side has and the place where they stand."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache

from provenance.engine import fields, values
from provenance.engine.lexicon import Lexicon, guess, lexicon
from provenance.engine.sentences import sentences
from provenance.engine.words import dense, key, tokens
from provenance.model import Aspect, Edit, Op, Span

_OPENING = "\u201c\u00ab\u300c\u300e"
_CLOSING = "\u201d\u00bb\u300d\u300f"
_QUALIFIERS = frozenset({"former", "alleged", "acting", "deputy"})
_FACTS = frozenset({Aspect.NUMBER, Aspect.DATE, Aspect.NAME, Aspect.NEGATION, Aspect.QUALIFIER, Aspect.ATTRIBUTION})
LATIN = "\u024f"
HEAD = 800
"""Code points within which the lines at the head of a text stand."""
_SPELLING_DISTANCE = 2
_SPELLING_LENGTH = 4
_CLAUSE = 6
"""Words put in or dropped within a sentence that make a passage of their own."""


@dataclass(frozen=True)
class Setting:
    """The two texts that an edit stands between, and what is known of both."""

    before: str
    after: str
    declared: str = ""

    @cached_property
    def language(self) -> str:
        """Give the language that is declared, or guess it."""
        return self.declared or guess(self.after)

    @cached_property
    def lexicon(self) -> Lexicon:
        """Give the words of that language."""
        return lexicon(self.language)

    def lines(self, edit: Edit) -> list[Aspect]:
        """Name the line at the head of the later text, or where it is gone of the earlier, that an edit lies in."""
        text, span = (self.after, edit.after_span) if edit.after else (self.before, edit.before_span)
        if span is None or span[0] > HEAD:
            return []
        return [aspect for aspect, line in _masthead(text) if line[0] <= span[0] and span[1] <= line[1]]

    def is_figure(self, word: str) -> bool:
        """Tell whether a word can be part of a figure or a date."""
        return not word.isalpha() or word[0] > LATIN or word in _figures(self.language)

    def has_lowered(self, name: str) -> bool:
        """Tell whether a word stands somewhere in lower case: then it is no name."""
        return any(_has_word(text, name) for text in (self.before, self.after))


def _has_word(text: str, word: str) -> bool:
    """Tell whether a word stands in a text, and not within another word."""
    at = text.find(word)
    while at >= 0 and not (_is_edge(text, at) and _is_edge(text, at + len(word))):
        at = text.find(word, at + 1)
    return at >= 0


def _is_edge(text: str, at: int) -> bool:
    """Tell whether a word begins or ends at a place, as a pattern could at the cost of compiling each word."""
    left, right = text[at - 1 : at] if at else "", text[at : at + 1]
    return (left.isalnum() or left == "_") != (right.isalnum() or right == "_")


@lru_cache(maxsize=16)
def _masthead(text: str) -> tuple[tuple[Aspect, Span], ...]:
    """Give the headline, byline and date lines of a text."""
    known = fields.masthead(text)
    found = [(Aspect.HEADLINE, known.headline), (Aspect.BYLINE, known.byline), (Aspect.BYLINE, known.dateline)]
    return tuple((aspect, line.span) for aspect, line in found if line)


@lru_cache(maxsize=64)
def _figures(language: str) -> frozenset[str]:
    """Give the words of a language that a figure or a date is spelled with."""
    known = lexicon(language)
    forms = (known.numbers, known.ordinals, known.magnitudes, known.months, known.fractions)
    return frozenset(word for each in forms for word in each)


def aspects(edit: Edit, setting: Setting) -> tuple[Aspect, ...]:
    """Name what an edit touches, facts first."""
    if edit.op is Op.MOVE:
        return (Aspect.PASSAGE,)
    before, after = _keys(edit.before), _keys(edit.after)
    where = setting.lines(edit)
    if before == after:
        return (*where, Aspect.LAYOUT)
    left, right = Counter(before), Counter(after)
    gone, come = left - right, right - left
    found = [
        *_valued(edit, setting, gone + come or left),
        *_conceived(gone, come, setting),
        *_named(edit, gone, come, setting),
    ]
    if _is_passage(edit, left, right):
        found.append(Aspect.PASSAGE)
    if _quoted(edit, setting):
        found.append(Aspect.QUOTE)
    if not _FACTS & set(found) and _is_spelling(edit.before, edit.after):
        found.append(Aspect.SPELLING)
    if not found:
        found.append(Aspect.WORDING)
    return tuple(dict.fromkeys([*found, *where]))


def changes_fact(edit: Edit) -> bool:
    """Tell whether an edit touches a number, date, name, negation, qualifier or attribution."""
    return bool(_FACTS & set(edit.aspects))


def _keys(text: str) -> list[str]:
    return [name for name in map(key, tokens(text)) if name]


def sentence_at(text: str, span: Span) -> Span:
    """Give the span of the sentences that a span lies in, or beside where it is empty."""
    start = text.rfind("\n\n", 0, span[0])
    start = 0 if start < 0 else start + 2
    end = text.find("\n\n", span[1])
    left, right = _sentence_in(text[start : None if end < 0 else end], (span[0] - start, span[1] - start))
    return (start + left, start + right)


@lru_cache(maxsize=1 << 13)  # most paragraphs stand in every revision, and each is asked for with every edit
def _sentence_in(paragraph: str, span: Span) -> Span:
    hit = [
        (a, b)
        for a, b in sentences(paragraph)
        if (a < span[1] and span[0] < b) or (span[0] == span[1] and a <= span[0] <= b)
    ]
    return (hit[0][0], hit[-1][1]) if hit else span


def _valued(edit: Edit, setting: Setting, changed: Counter[str]) -> list[Aspect]:
    """Compare the values that the changed words belong to, read in their sentences."""
    if not any(setting.is_figure(word) for word in changed):
        return []
    sides = []
    for text, span in ((setting.before, edit.before_span), (setting.after, edit.after_span)):
        found = _values(text, span, setting.language) if span and span[0] < span[1] else ()
        sides.append(Counter((v.kind.value, v.key) for v in found))
    kinds = {kind for kind, _ in (sides[0] - sides[1]) + (sides[1] - sides[0])}
    dated = kinds & {"date", "time"}
    return [*([Aspect.NUMBER] if kinds - dated else []), *([Aspect.DATE] if dated else [])]


def _values(text: str, span: Span, language: str) -> list[values.Value]:
    """Read the values of a sentence that a span lies in or touches."""
    left, right = sentence_at(text, span)
    return [
        v for v in values.read(text[left:right], language) if left + v.span[0] < span[1] and span[0] < left + v.span[1]
    ]


def _conceived(gone: Counter[str], come: Counter[str], setting: Setting) -> list[Aspect]:
    """Compare the concepts (negation, qualifiers, who says it) that one side has more often."""
    known = setting.lexicon
    old = Counter(filter(None, map(known.concept, gone.elements())))
    new = Counter(filter(None, map(known.concept, come.elements())))
    changed = set((old - new) + (new - old))
    found = [Aspect.NEGATION] if changed & {"not", "denied"} else []
    found += [Aspect.QUALIFIER] if changed & _QUALIFIERS else []
    found += [Aspect.ATTRIBUTION] if "said" in changed else []
    return found


def _named(edit: Edit, gone: Counter[str], come: Counter[str], setting: Setting) -> list[Aspect]:
    """Look for capitalised words that stand nowhere in lower case."""
    for text, bag in ((edit.before, gone), (edit.after, come)):
        for token in tokens(text):
            name = key(token)
            capital = (token[:1].isupper() and not token.isupper()) or (token.isupper() and len(token) > 1)
            if (
                name in bag
                and capital
                and not setting.has_lowered(token.lower())
                and name not in setting.lexicon.common
            ):
                return [Aspect.NAME]
    return []


def _is_passage(edit: Edit, left: Counter[str], right: Counter[str]) -> bool:
    """Tell whether whole sentences or a clause came or went."""
    if edit.op is Op.REPLACE:
        return abs(right.total() - left.total()) >= _CLAUSE
    text = edit.before or edit.after
    long = _CLAUSE * 2 if dense(text) else _CLAUSE
    return (left or right).total() >= long or text[-1:] in '.!?\u3002\uff01\uff1f\u201d"'


def _quoted(edit: Edit, setting: Setting) -> bool:
    """Tell whether the changed words stand between quotation marks of their paragraph."""
    text, span = (setting.after, edit.after_span) if edit.after else (setting.before, edit.before_span)
    if span is None:
        return False
    start = text.rfind("\n\n", 0, span[0]) + 1
    before = text[start : span[0]]
    opened = sum(map(before.count, _OPENING)) - sum(map(before.count, _CLOSING))
    return opened > 0 or (opened == 0 and before.count('"') % 2 == 1)


def _is_spelling(before: str, after: str) -> bool:
    """Tell whether one word was written in another way."""
    from rapidfuzz.distance import OSA

    old, new = key(before.strip()), key(after.strip())
    longest = max(len(old), len(new))
    return (
        bool(old and new)
        and len(tokens(before.strip())) == len(tokens(after.strip())) == 1
        and longest >= _SPELLING_LENGTH
        and OSA.distance(old, new) <= min(_SPELLING_DISTANCE, longest // 3)
    )
