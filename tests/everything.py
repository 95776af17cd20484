"""An audit with all that a report can show: every standing, every kind, every state, no times, many, long, few."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product

from provenance.model import (
    EVASION,
    Article,
    ArticleId,
    Aspect,
    Copy,
    CopyState,
    Derivation,
    Disguised,
    Edit,
    EditStanding,
    History,
    Kind,
    Label,
    Mark,
    Metadata,
    Notice,
    Op,
    Pair,
    Piece,
    Revision,
    Sides,
    Standing,
    State,
    Update,
    digest,
)
from provenance.model.audits import (
    Audit,
    Chapter,
    Curve,
    Entry,
    Exhibit,
    Measures,
    Miss,
    Quantiles,
    Scope,
    Sight,
    Step,
    Totals,
    Unshown,
)

START = datetime(2025, 3, 4, 9, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
_OUT_OF_DATE = (State.MISSING, State.PARTIAL)
_SENTENCE = 'The roof will cost {} million crowns, the council said on Tuesday, & "more" <later>.'


def made(copies: int = 0) -> Audit:
    """Give the audit; with `copies`, one article with so many copies that are behind by two passages each."""
    chapters = [_many(copies)] if copies else [_full(), _bare()]
    entries = tuple(_entry(each) for each in chapters)
    return Audit(
        scope=Scope(articles=(), publishers=("A & Co",), since=START, behind=False),
        now=NOW,
        head="0" * 40,
        engine="2",
        totals=_totals(chapters),
        measures=_measures(),
        entries=entries,
        chapters=lambda: iter(chapters),
    )


# --- one article with everything


def _full() -> Chapter:
    updates = tuple(_updates())
    history = History(_article("wire", 4), tuple(_revision("wire", n) for n in range(4)), {}, updates)
    exhibits = tuple(_exhibit(state, n, updates) for n, state in enumerate(CopyState))
    odd = Notice("This article was amended.", None, (), "amended", "en")
    out = {0: START, 1: START + timedelta(hours=3), 2: None, 3: START + timedelta(days=40)}
    digests = {n: digest(str(n)) for n in range(4)}
    return Chapter(history, out, digests, (_article("elder", 1),), exhibits, ((1, odd), (2, odd)), "en")


def _bare() -> Chapter:
    article = Article(ArticleId("b" * 16), "https://file.invalid/a%20b.md", "", "", 1)
    return Chapter(History(article, (_revision("bare", 0),)), {0: None}, {}, (), ())


def _updates() -> Iterator[Update]:
    for n, (kind, declared) in enumerate(product(Kind, (True, False))):
        edits = (
            Edit(0, Op.REPLACE, (Aspect.NUMBER,), "3.4", "4.3", (19, 22), (19, 22)),
            Edit(1, Op.INSERT, (Aspect.PASSAGE,), "", "A passage that was added.", None, (60, 85)),
            Edit(2, Op.DELETE, (Aspect.PASSAGE,), "A passage that was taken out.", "", (60, 89), None),
            Edit(3, Op.MOVE, (Aspect.PASSAGE,), "moved", "moved", (90, 95), (10, 15)),
            Edit(4, Op.REPLACE, (Aspect.BYLINE,), "A", "B", field="byline"),
        )
        notice = "Correction: it is 4.3, not 3.4." if declared else ""
        yield Update(f"{n:012x}", n % 3 + 1, kind, declared, "a number changed", edits, notice, told=n == 2)


def _exhibit(state: CopyState, n: int, updates: tuple[Update, ...]) -> Exhibit:
    states = list(State)
    standings = tuple(_standing(each, states[(n + m) % len(states)]) for m, each in enumerate(updates))
    article = _article(f"copy {n}", 2)
    flags = (EVASION,) if n % 2 == 0 else ()
    copy = Copy(
        article.id, _article("wire", 4).id, 1, list(Derivation)[n % 2], 0, (0, n % 2), 0.93, START, state, n % 2 == 0,
        standings, flags,
    )  # fmt: skip
    misses = tuple(
        Miss(update, update.edits[each.n], each, each.quote)
        for update, standing in zip(updates, standings, strict=True)
        for each in standing.edits
        if standing.state in _OUT_OF_DATE
    )
    seen = (Sight(0, START, "1" * 40), Sight(1, START + timedelta(days=2, hours=n), "2" * 40))
    disguised = (
        (Disguised(3, "r\u043eof", "roof", ("\u043e",)), Disguised(4, "co\u200bst", "cost", ("\u200b",)))
        if flags
        else ()
    )
    unshown = Unshown.LONG if n == 1 else None
    sides = None if unshown else _sides(article, copy, updates)
    return Exhibit(copy, article, seen, digest(article.url), "en-GB", misses, sides, disguised, unshown)


def _standing(update: Update, state: State) -> Standing:
    edits = (
        EditStanding(0, state, 0.98, "has the figure as it stood before", span=(0, 9), line=7,
                     quote=_SENTENCE.format("3.4"), wanted=_SENTENCE.format("4.3")),
        EditStanding(1, state, 0.9, "has the passage beside it and lacks what was added", line=9,
                     quote="The passage beside it.", wanted="A passage that was added."),
        EditStanding(2, state, 0.8, "still has what was taken out", line=11, quote="A passage that was taken out."),
        EditStanding(4, State.NOT_APPLICABLE, 0.5, "does not contain the passage"),
    )  # fmt: skip
    first = START + timedelta(hours=30) if state is State.CARRIED else None
    return Standing(update.id, state, 0.97, "has the figure as it stood before", edits, state is State.CARRIED, first)


def _sides(article: Article, copy: Copy, updates: tuple[Update, ...]) -> Sides:
    standing = copy.standings[0]
    label = Label(updates[0], updates[0].edits[0], standing.edits[0])
    pieces = (Piece(Mark.KEPT, "The roof "), Piece(Mark.DROPPED, "3.4"), Piece(Mark.ADDED, "4.3"))
    pairs = [Pair((0, 9), (0, 9), 1, 1, "Alike.", "Alike.", alike=True, moved=False)] * 3
    pairs += [Pair((9, 19), (9, 19), 3, 5, "The roof 3.4", "The roof 4.3", alike=False, moved=True, pieces=pieces,
                   labels=(label,))]  # fmt: skip
    pairs += [Pair((20, 29), None, 5, None, "Only the article's.", "", alike=False, moved=False)] * 5
    pairs += [Pair(None, (20, 29), None, 7, "", "Only the copy's.", alike=False, moved=False)] * 5
    return Sides(_article("wire", 4), 3, article, 1, tuple(pairs), copy, (label,))


# --- one article with many copies


def _many(copies: int) -> Chapter:
    update = next(each for each in _updates() if each.kind is Kind.CORRECTION)
    chapter = _full()
    return Chapter(
        history=History(_article("wire", 4), chapter.history.revisions, {}, (update,)),
        out=chapter.out,
        digests=chapter.digests,
        upstreams=(),
        exhibits=tuple(_one_of_many(n, update) for n in range(copies)),
    )


def _one_of_many(n: int, update: Update) -> Exhibit:
    article = _article(f"mirror {n}", 1)
    standing = _standing(update, State.MISSING)
    copy = Copy(
        article.id, _article("wire", 4).id, 0, Derivation.REPUBLISHED, 0, (0, 0), 0.9, START + timedelta(days=n),
        CopyState.BEHIND, declared=True, standings=(standing,),
    )  # fmt: skip
    misses = tuple(Miss(update, update.edits[each.n], each, each.quote) for each in standing.edits[:2])
    sides = _sides(article, copy, (update,))
    return Exhibit(copy, article, (Sight(0, START, "1" * 40),), digest(article.url), "en", misses, sides)


# --- what both share


def _article(name: str, revisions: int) -> Article:
    url = f"https://{name.replace(' ', '-')}.example/2025/03/04/the-roof"
    return Article(ArticleId(digest(url)[:16]), url, name.title(), f"The roof, as {name} has it", revisions)


def _revision(name: str, n: int) -> Revision:
    return Revision(Metadata(url=_article(name, 1).url), n, f"{n}" * 40)


def _entry(chapter: Chapter) -> Entry:
    states = Counter(each.copy.state for each in chapter.exhibits)
    behind = bool(states[CopyState.BEHIND])
    return Entry(chapter.history.article, states, Kind.CORRECTION if behind else None, START if behind else None)


def _totals(chapters: list[Chapter]) -> Totals:
    states = Counter(each.copy.state for chapter in chapters for each in chapter.exhibits)
    kinds = Counter(each.kind for chapter in chapters for each in chapter.history.updates)
    behind = states[CopyState.BEHIND]
    return Totals(len(chapters), 5, states, behind, 1, START, kinds, kinds, 2)


def _measures() -> Measures:
    steps = tuple(
        Step(timedelta(hours=hours), share, max(share - 0.2, 0), min(share + 0.2, 1), at_risk)
        for hours, share, at_risk in ((2, 0.2, 9), (30, 0.5, 6), (400, 0.6, 2))
    )
    curve = Curve("all", 9, 5, steps, (None, steps[0], steps[1]), timedelta(hours=30), 2)
    none = Curve("Few & Co", 1, 0, (), (None, None, None))
    lengths = [timedelta(minutes=5), timedelta(hours=2), timedelta(hours=9), timedelta(days=2), timedelta(days=30)]
    all_of, one = Quantiles("all", 7, *lengths), Quantiles("A & Co", 1, *([lengths[2]] * 5))
    return Measures((all_of,), (one, all_of), (all_of,), (curve,), (curve, none), (curve,))
