"""Documents held against the articles that they point to, or that their words lead to, a batch at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenance.app.gate.answers import Against, Answer, Problem
from provenance.app.gate.pointers import Pointer, Question
from provenance.app.gate.subjects import Document
from provenance.app.gate.upstreams import Match, Story, Upstreams
from provenance.model import EVASION, Article, ArticleId, Code, Copy, Found, Outcome, digest

if TYPE_CHECKING:
    from provenance.engine.alike import Meaning

JUDGED = 6
"""So many articles at most are read, of those that share the most with a text."""
FEWEST = 3
LEAST = 0.06
MANY = 10
"""A copy shares at least so many rare fingerprints with its article, and this part of its own or simply many."""
HARDLY = 0.1
"""Coverage from which on a text that says it is a copy is taken at its word, however far it was rewritten."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A document's copy of one article, with the article."""

    story: Story
    copy: Copy
    found: Found


class Batch:
    """Some questions, and all that is held of the articles that they lead to."""

    def __init__(self, upstreams: Upstreams, questions: Sequence[Question]) -> None:
        self._upstreams = upstreams
        self._questions = questions
        self._known: dict[ArticleId, Article | None] = {}
        self._stories: dict[ArticleId, Story] = {}

    def answers(self) -> list[Answer]:
        """Answer all, in their order."""
        self._learn({p.article for each in self._questions for p in each.pointers if p.article})
        lost = [each for each in self._questions if each.document.reading and not self._roots(each.pointers)]
        near = dict(zip(map(id, lost), self._near(lost), strict=True))
        self._load({m.article for found in near.values() for m in found})
        self._load({root for each in self._questions for root, _ in self._roots(each.pointers)})
        # one article after the other: the engine keeps what it has read of the last few
        order = sorted(range(len(self._questions)), key=lambda n: self._first(self._questions[n], near))
        found = {n: self._answer(self._questions[n], near.get(id(self._questions[n]))) for n in order}
        return [found[n] for n in range(len(self._questions))]

    # --- what is held

    def _learn(self, wanted: Collection[ArticleId]) -> None:
        """Look up articles and all that they were taken from."""
        while wanted := {each for each in wanted if each not in self._known}:
            held = self._upstreams.articles(wanted)
            self._known |= {each: held.get(each) for each in wanted}
            wanted = {above for article in held.values() for above in article.copy_of}

    def _load(self, wanted: Collection[ArticleId]) -> None:
        missing = {each for each in wanted if each not in self._stories}
        self._stories |= self._upstreams.stories(missing) if missing else {}

    def _near(self, questions: Sequence[Question]) -> list[list[Match]]:
        """Find the articles that texts may be copies of, the origin of each among them."""
        from provenance.engine import fingerprints

        prints = [fingerprints.of(each.document.reading.text) for each in questions if each.document.reading]
        found = [
            [match for match in matches if _is_likely(match, len(own))]
            for own, matches in zip(prints, self._upstreams.candidates(prints, JUDGED), strict=True)
        ]
        self._learn({match.article for matches in found for match in matches})
        return found

    def _origin(self, article: ArticleId, *, own: bool = False) -> ArticleId | None:
        """Follow an article to the first of its line; None where it is not held, or is a page of the site's own."""
        seen: list[ArticleId] = []
        at: ArticleId | None = article
        while at and at not in seen and (known := self._known.get(at)):
            seen.append(at)
            at = next(iter(known.copy_of), None)
        return seen[-1] if seen and not (own and seen[-1] == article) else None

    def _roots(self, pointers: Iterable[Pointer]) -> list[tuple[ArticleId, Pointer]]:
        """Give the distinct articles that pointers lead to, each with the surest of its pointers."""
        found: dict[ArticleId, Pointer] = {}
        for pointer in pointers:
            root = self._origin(pointer.article, own=pointer.own) if pointer.article else None
            if root:
                found.setdefault(root, pointer)
        return list(found.items())

    def _first(self, question: Question, near: Mapping[int, list[Match]]) -> str:
        roots = self._roots(question.pointers)
        matches = near.get(id(question), ())
        return roots[0][0] if roots else matches[0].article if matches else ""

    # --- one document

    def _answer(self, question: Question, near: list[Match] | None) -> Answer:
        document = question.document
        if document.reading is None:
            return unread(document)
        verdicts: list[Verdict] = []
        problems: list[Problem] = []
        roots = self._roots(question.pointers)
        for root, pointer in roots:
            verdict = self._pointed(document, self._stories[root], pointer)
            if verdict:
                verdicts.append(verdict)
            else:
                problems.append(_about(Code.UPSTREAM_CLAIMED, pointer, self._stories[root].article))
        if not verdicts:
            verdicts += self._by_content(question, near)
        if len(roots) > 1:
            problems += [_about(Code.UPSTREAM_CONFLICT, p, self._stories[root].article) for root, p in roots[1:]]
        problems += self._unknown(question.pointers)
        return _made(document, verdicts, problems)

    def _pointed(self, document: Document, story: Story, pointer: Pointer) -> Verdict | None:
        """Hold a document against an article that it points to; None where its text does not bear that out."""
        copy = self._judged(document, story, declared=False)
        if copy is None and pointer.firm:
            copy = self._judged(document, story, declared=True)
            copy = copy if copy and copy.coverage >= HARDLY else None
        return Verdict(story, copy, pointer.found) if copy else None

    def _by_content(self, question: Question, near: list[Match] | None) -> list[Verdict]:
        """Find what a document is a copy of by its words: of a line of copies, the first."""
        if near is None:
            [near] = self._near([question])
        self._load({match.article for match in near})
        best: Verdict | None = None
        shared = 0
        for match in sorted(near, key=lambda each: -each.shared):
            if best and match.shared < shared:
                break
            copy = self._judged(question.document, self._stories[match.article], declared=False)
            if copy and (best is None or copy.coverage > best.copy.coverage):
                best, shared = Verdict(self._stories[match.article], copy, Found.CONTENT), match.shared
        return [self._upwards(question.document, best)] if best else []

    def _upwards(self, document: Document, found: Verdict) -> Verdict:
        """Go from a copy to what it was taken from, as far as the document is a copy of that too."""
        at, seen = found, {found.story.article.id}
        while above := [each for each in at.story.article.copy_of if each not in seen]:
            seen |= set(above)
            self._load(above)
            copies = [
                (self._stories[each], self._judged(document, self._stories[each], declared=False)) for each in above
            ]
            judged = [Verdict(story, copy, Found.CONTENT) for story, copy in copies if copy]
            if not judged:
                break
            at = max(judged, key=lambda each: each.copy.coverage)
        return at

    def _judged(self, document: Document, story: Story, *, declared: bool) -> Copy | None:
        return judged(document, story, self._upstreams.meaning, declared=declared)

    def _unknown(self, pointers: Iterable[Pointer]) -> list[Problem]:
        """Name the upstreams that a document says it is a copy of and that are not held."""
        unheld = [each for each in pointers if each.firm and (each.article is None or not self._known[each.article])]
        return [_about(Code.UPSTREAM_UNKNOWN, each) for each in unheld]


def unread(document: Document) -> Answer:
    """Answer for a document that could not be read, or that has no text."""
    made = Answer(document.name, document.item, document.digest, Outcome.NO_COPY, why=document.error)
    if document.textless:
        return made
    problem = Problem(Code.NOT_CHECKED, message=document.error, hint=document.hint)
    return made._replace(outcome=Outcome.NOT_CHECKED, problems=(problem,))


def _is_likely(match: Match, prints: int) -> bool:
    return match.shared >= FEWEST and (match.shared >= LEAST * prints or match.shared >= MANY)


def judged(document: Document, story: Story, meaning: Meaning | None = None, *, declared: bool) -> Copy | None:
    """Judge a document as a copy of an article, now; None where it is not declared and no copy of it."""
    from provenance.app.judging import judge

    # no moment: an update from after it is told apart where the policy is applied
    return judge(story.revisions, story.updates, document.revision(), None, declared=declared, meaning=meaning)


def _about(code: Code, pointer: Pointer, article: Article | None = None) -> Problem:
    if article is None:
        return Problem(code, pointer.url, pointer.by)
    return Problem(code, article.url, pointer.by, article.id, article.publisher, article.headline)


def _against(document: Document, verdict: Verdict) -> Against:
    # imported for copies only: the engine takes long, and most files are none
    from provenance.app.gate.evidence import against

    return against(document, verdict.story, verdict.copy, verdict.found)


def _made(document: Document, verdicts: Sequence[Verdict], problems: Sequence[Problem]) -> Answer:
    reading = document.reading
    assert reading is not None
    held = tuple(_against(document, each) for each in verdicts)
    if any(EVASION in each.copy.flags for each in verdicts):
        problems = [*problems, Problem(Code.EVASION_SUSPECTED, held[0].url, upstream=held[0].upstream)]
    outcome = Outcome.COPY if held else Outcome.NO_COPY
    return Answer(
        document.name, document.item, document.digest, outcome, digest(reading.text), "", held, tuple(problems)
    )
