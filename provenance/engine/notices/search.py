"""The search for what may be a notice: one pass over a text, so that a text without a cue costs next to nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from provenance.engine.notices.grammar import LIMIT, Grammar, clock, data, grammars
from provenance.model import Span

MOST = 40
"""Candidates that are weighed in one text: no article has forty notes."""

TRIED = 200
"""Openers that are looked at in one text."""

REACH = 40
"""Characters around a stem in which its cue stands."""

_CLOSE = {"[": "]", "(": ")", "（": ")", "【": "】", "［": "]"}
_BRACKET = re.compile(r"[\[\]()（）【】［］]")
_PLAIN = str.maketrans("（）［］", "()[]")
_LEAD = r"[ \t*_#>•▪■●–—\-(\[（【［〔〈《≪＜\"“«※＊.…]{0,6}"
_FOOTNOTE = re.compile(r"\n[ \t]{0,3}[*＊※†‡](?=[ \w「『\u0022“])[^\n]{20}")
TAIL = 4
"""Paragraphs at the head and at the end of a text where one with an asterisk, or an apology, may be a note."""

_SENTENCE_END = re.compile(r"[.!?…]['\"»”’)\]]{0,2}\s+|[。！？][」』]?")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of text that may be a notice: `bracket` for a remark in brackets, `inner` for a part of a paragraph."""

    span: Span
    bracket: bool = False
    inner: bool = False


@dataclass(frozen=True, slots=True)
class Searcher:
    """What a text of one script is searched with.

    `brackets` are those in which a remark may stand in the midst of a line. `stems` are
    few and short strings, each with the cues, in small letters, of which one must stand around it; `closings` the same
    for what ends a note that may begin in any way: an apology.
    """

    brackets: tuple[str, ...]
    stems: tuple[tuple[str, tuple[str, ...]], ...]
    closings: tuple[tuple[str, tuple[str, ...]], ...]


def of_text(text: str) -> tuple[Grammar, ...]:
    """List the grammars that a text may hold notices of, by its scripts."""
    wanted = set(scripts(text))
    return tuple(grammar for grammar in grammars().values() if grammar.script in wanted)


def scripts(text: str) -> tuple[str, ...]:
    """Name the scripts that a text is written in; Latin always."""
    if text.isascii():
        return ("latin",)
    others = data()["scripts"].items()
    return ("latin", *(name for name, each in others if any(letter in text for letter in each["letters"])))


def candidates(text: str) -> tuple[Candidate, ...]:
    """List what may be a notice in a text, in order of place.

    A headline is no candidate: it reads as a sentence only where a text has none.
    """
    found: dict[int, Candidate] = {}
    lined = f"\n{text}"
    head, tail = _ends(text)
    for script in scripts(text):
        searcher = _searcher(script)
        for mark in ("\n", *(each for each in searcher.brackets if each in text)):
            for hit in islice(_opener(script, mark).finditer(lined), TRIED):
                _keep(found, _at_opener(text, hit.start() - 1))
        for stem, cues in searcher.closings:
            for at in _cued(text, stem, cues):
                if at < head or at >= tail:
                    _keep(found, _whole(text, _line(text, at)[0]))
        for stem, cues in searcher.stems:
            for at in _cued(text, stem, cues):
                _keep(found, _around(text, at))
    for hit in (*_FOOTNOTE.finditer(lined, 0, head), *_FOOTNOTE.finditer(lined, tail)):
        _keep(found, _whole(text, hit.start()))
    return tuple(found[at] for at in sorted(found))


def _ends(text: str) -> Span:
    """Give where the first few paragraphs of a text end, and where the last few begin."""
    head, tail = 0, len(text)
    for _ in range(TAIL):
        head = text.find("\n\n", head) + 2 or len(text)
        tail = max(text.rfind("\n\n", 0, tail), 0)
    return head, max(head, tail)


def _cued(text: str, stem: str, cues: tuple[str, ...]) -> Iterator[int]:
    """List the places of a stem around which one of its cues stands, one a line."""
    at = text.find(stem)
    for _ in range(TRIED):
        if at < 0:
            return
        left, right = _line(text, at)
        around = text[max(left, at - REACH) : min(right, at + REACH)].lower()
        cue = any(each in around for each in cues)
        if cue:
            yield at
        at = text.find(stem, right if cue else at + REACH)


@cache
def _searcher(script: str) -> Searcher:
    """Put together the cues of a script's languages."""
    cues: dict[str, None] = {}
    closings: dict[str, None] = {}
    for grammar in grammars().values():
        if grammar.script == script:
            cues.update(dict.fromkeys(grammar.cues))
            closings.update(dict.fromkeys(grammar.closings))
    table = data()["scripts"][script]
    return Searcher(
        tuple(table["brackets"]),
        _by_stem(table["stems"], cues),
        _by_stem(table["closings"], closings),
    )


@cache
def _opener(script: str, mark: str) -> re.Pattern[str]:
    """Put the openers of a script's languages into one pattern, by first letter; in a bracket that may be small.

    It begins with the one plain character of its mark, a line end or a bracket, for which a search is fast.
    """
    by_letter: dict[str, dict[str, None]] = {}
    for grammar in grammars().values():
        if grammar.script == script:
            for opener in grammar.openers:
                by_letter.setdefault(opener[0], {})[opener[1:]] = None
    branches = (
        f"[{re.escape(first if mark == chr(10) else first + first.lower())}](?i:{'|'.join(rests)})"
        for first, rests in by_letter.items()
    )
    return re.compile(rf"{re.escape(mark)}{_LEAD}{clock()}(?:{'|'.join(branches)})")


def _by_stem(stems: Iterable[str], cues: Iterable[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((stem, tuple(cue.lower() for cue in cues if stem in cue)) for stem in stems)


def _line(text: str, at: int) -> Span:
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end


def _keep(found: dict[int, Candidate], candidate: Candidate) -> None:
    left, right = candidate.span
    if len(found) < MOST and left < right <= left + LIMIT:
        found.setdefault(left, candidate)


def _at_opener(text: str, at: int) -> Candidate:
    """Take the paragraph that begins after a line end, or the remark whose bracket opens here."""
    if at < 0 or text[at] == "\n":
        return _whole(text, at + 1)
    line = max(text.rfind("\n", 0, at) + 1, 0)
    if not text[line:at].strip(" *_"):
        return _whole(text, line)
    end = _closing(text, at)
    return Candidate((at, end), bracket=True, inner=True) if end else Candidate((at, at))


def _whole(text: str, start: int) -> Candidate:
    end = text.find("\n\n", start)
    end = len(text) if end < 0 else end
    stop = text.find("\n", start, end)
    if start and "\n\n" not in text[max(start - 2, 0) : start] and stop > 0:
        end = stop  # one line of several: a headline's block, or a list
    left, right = _trim(text, start, end)
    if not start and text[right - 1 : right] not in ".)]。】!":
        return Candidate((0, 0))  # a headline
    return Candidate((left, right), bracket=text[left : left + 1] in _CLOSE and _closing(text, left) == right)


def _closing(text: str, at: int) -> int:
    """Give the place after the bracket that closes the one at *at*, 0 where none does within the limit."""
    wanted = _CLOSE[text[at]]
    opener = text[at].translate(_PLAIN)
    depth = 0
    for found in _BRACKET.finditer(text, at, at + LIMIT):
        bracket = found[0].translate(_PLAIN)
        depth += (bracket == opener) - (bracket == wanted)
        if not depth:
            return found.end() if "\n\n" not in text[at : found.end()] else 0
    return 0


def _around(text: str, at: int) -> Candidate:
    """Take the paragraph around a cue from the sentence on in which the cue stands."""
    start = text.rfind("\n", 0, at) + 1
    sentence = start
    for found in _SENTENCE_END.finditer(text, max(start, at - LIMIT), at):
        sentence = found.end()
    if text[sentence : sentence + 1] in _CLOSE and (end := _closing(text, sentence)):
        return Candidate((sentence, end), bracket=True, inner=sentence > start)
    whole = _whole(text, sentence)
    return Candidate(whole.span, whole.bracket, inner=sentence > start)


def _trim(text: str, start: int, end: int) -> Span:
    """Leave out blanks, and the marks of emphasis or of a rule that may wrap a note."""
    while start < end and (text[start].isspace() or text[start] in "*_>•▪■●–—-#"):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in "*_"):
        end -= 1
    return start, end
