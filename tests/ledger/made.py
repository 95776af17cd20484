"""Made-up conclusions: plain ones by hand, and any at all for what must hold whatever they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import count

from hypothesis import strategies as st

from provenance.ledger import Book, Ledger
from provenance.model import (
    ArticleId,
    Aspect,
    By,
    Claim,
    Copy,
    CopyState,
    Delta,
    Derivation,
    Edit,
    EditStanding,
    Kind,
    Metadata,
    Notice,
    Op,
    Revision,
    Says,
    Span,
    Standing,
    State,
    Status,
    Update,
    article_id,
    digest,
)

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
_SERIAL = count()

# --- by hand -----------------------------------------------------------------------------------------------------


def url(name: str) -> str:
    """Give the URL of an article by a short name."""
    return f"https://courier.example/{name}"


def article(name: str) -> ArticleId:
    """Give the id of an article by a short name."""
    return article_id(url(name))


def revision(name: str, n: int = 0, text: str = "Three died.\n", **declared: object) -> Revision:
    """Make a revision that was seen n hours after noon."""
    metadata = Metadata(url=url(name), publisher="Courier", headline=name.title(), **declared)
    commit = digest(f"{name} {n}")[:40]
    return Revision(metadata, n, commit, NOON + timedelta(hours=n), digest(text)[:40], text)


def update(name: str, n: int = 1, kind: Kind = Kind.CORRECTION, *, declared: bool = True, told: bool = False) -> Update:
    """Make an update of one edit."""
    edit = Edit(0, Op.REPLACE, (Aspect.NUMBER,), "Three", "Two", (0, 5), (0, 3))
    return Update(f"{name}-{n}-{kind}", n, kind, declared, "a number changed", (edit,), told=told)


def standing(of: Update, state: State = State.MISSING, quote: str = "Three") -> Standing:
    """Make what a copy shows of an update."""
    span = (0, len(quote)) if quote else None
    edit = EditStanding(0, state, 0.9, "word for word", By.TEXT, span, 1 if quote else None, quote, "Two")
    return Standing(of.id, state, 0.9, "it has the old number", (edit,))


def copy(name: str, upstream: str, state: CopyState = CopyState.BEHIND, standings: Iterable[Standing] = ()) -> Copy:
    """Make a copy of an article."""
    return Copy(
        article=article(name),
        upstream=article(upstream),
        revision=0,
        derivation=Derivation.REPUBLISHED,
        made_from=0,
        made_from_range=(0, 0),
        coverage=0.9,
        observed_at=NOON,
        state=state,
        declared=True,
        standings=tuple(standings),
    )


def put(ledger: Ledger, *values: Revision | Copy | tuple[str, Update]) -> None:
    """Put revisions, updates (with the name of their article) and copies, in one transaction."""
    with ledger.writing() as book:
        for value in values:
            if isinstance(value, Revision):
                book.put_revision(value)
            elif isinstance(value, Copy):
                book.put_copy(value)
            else:
                name, made = value
                book.put_updates(article(name), made.revision, [made])
        book.advance(f"commit {next(_SERIAL)}")


# --- any at all --------------------------------------------------------------------------------------------------

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)
commits = st.integers(0, 2**160 - 1).map("{:040x}".format)
shares = st.floats(0, 1)
_zones = st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30)), timezone(-timedelta(hours=3))])
moments = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=_zones)  # noqa: DTZ001
json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=6,
)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """Make a span."""
    start = draw(st.integers(0, 10_000))
    return start, start + draw(st.integers(0, 10_000))


metadata = st.builds(
    Metadata,
    url=words.map(lambda word: f"https://courier.example/{next(_SERIAL)}/{word}"),
    publisher=words,
    headline=words,
    byline=words,
    language=words,
    published_at=st.none() | moments,
    modified_at=st.none() | moments,
    status=st.sampled_from(Status),
    notices=st.lists(words, max_size=3).map(tuple),
    copy_of=words,
    extra=st.dictionaries(words, json, max_size=3),
)
claims = st.builds(Claim, says=st.sampled_from(Says), old=words, new=words, about=words)
notices = st.builds(
    Notice,
    text=words,
    span=st.none() | spans(),
    claims=st.lists(claims, max_size=3).map(tuple),
    rule=words,
    language=words,
)
deltas = st.builds(Delta, before=commits, after=commits, ops=words)
_aspects = st.lists(st.sampled_from(Aspect), max_size=4).map(tuple)
_maybe = st.none() | spans()
edits = st.builds(Edit, n=st.just(0), op=st.sampled_from(Op), aspects=_aspects, before=words, after=words,
                  before_span=_maybe, after_span=_maybe, field=words)  # fmt: skip
_edit_standings = st.builds(
    EditStanding,
    n=st.just(0),
    state=st.sampled_from(State),
    confidence=shares,
    because=words,
    by=st.sampled_from(By),
    span=_maybe,
    line=st.none() | st.integers(1, 10_000),
    quote=words,
    wanted=words,
)


def numbered(values: Sequence[Edit] | Sequence[EditStanding]) -> tuple[Edit | EditStanding, ...]:
    """Give edits numbers from 0."""
    return tuple(replace(value, n=n) for n, value in enumerate(values))


@dataclass(frozen=True)
class Story:
    """An article with all that is concluded about it: what each revision brought, and one copy."""

    revisions: tuple[Revision, ...]
    notices: dict[int, tuple[Notice, ...]]
    deltas: dict[int, Delta]
    updates: dict[int, tuple[Update, ...]]
    downstream: Revision
    copy: Copy
    prints: frozenset[int]


@st.composite
def updates(draw: st.DrawFn, n: int) -> tuple[Update, ...]:
    """Make the updates of one revision."""
    made = st.builds(
        Update,
        id=st.just(""),
        revision=st.just(n),
        kind=st.sampled_from(Kind),
        declared=st.booleans(),
        because=words,
        edits=st.lists(edits, max_size=3).map(numbered),
        notice=words,
        told=st.booleans(),
    )
    return tuple(replace(each, id=f"{n}-{i}") for i, each in enumerate(draw(st.lists(made, max_size=3))))


@st.composite
def revisions(draw: st.DrawFn, size: int) -> tuple[Revision, ...]:
    """Make the revisions of one article, without texts, as the ledger gives them back."""
    first = draw(metadata)
    made = []
    for n in range(size):
        declared = replace(draw(metadata), url=first.url)
        flags = draw(st.lists(words, max_size=2).map(tuple))
        seen, technical = draw(st.none() | moments), draw(st.booleans())
        commit = digest(f"{first.url} {n}")[:40]
        made.append(Revision(declared, n, commit, seen, draw(commits), "", draw(words), flags, technical))
    return tuple(made)


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """Make an article with everything, and one copy of it."""
    made = draw(revisions(draw(st.integers(1, 3))))
    numbers = range(len(made))
    changed = {n: draw(updates(n)) for n in numbers}
    [downstream] = draw(revisions(1))
    return Story(
        revisions=made,
        notices={n: tuple(draw(st.lists(notices, max_size=2))) for n in numbers},
        deltas={n: draw(deltas) for n in numbers if n},
        updates=changed,
        downstream=downstream,
        copy=draw(_copies(made[0].article, downstream.article, [each for n in numbers for each in changed[n]])),
        prints=draw(st.frozensets(st.integers(-(2**31), 2**31 - 1), max_size=5)),
    )


@st.composite
def _copies(draw: st.DrawFn, upstream: ArticleId, downstream: ArticleId, known: list[Update]) -> Copy:
    shown = st.builds(
        Standing,
        update=st.just(""),
        state=st.sampled_from(State),
        confidence=shares,
        because=words,
        edits=st.lists(_edit_standings, max_size=3).map(numbered),
        notice_dropped=st.booleans(),
        first_seen=st.none() | moments,
        last_missing=st.none() | moments,
    )
    small = st.integers(0, 100)
    return Copy(
        article=downstream,
        upstream=upstream,
        revision=draw(small),
        derivation=draw(st.sampled_from(Derivation)),
        made_from=draw(small),
        made_from_range=(draw(small), draw(small)),
        coverage=draw(shares),
        observed_at=draw(st.none() | moments),
        state=draw(st.sampled_from(CopyState)),
        declared=draw(st.booleans()),
        standings=tuple(replace(draw(shown), update=each.id) for each in draw(st.permutations(known))),
    )


def tell(book: Book, story: Story, *, asking: bool = False) -> None:
    """Put a story in the order of a log; with `asking`, answers are read at every step."""
    for revision in (*story.revisions, story.downstream):
        book.put_revision(revision, digest(revision.blob))
        if asking:
            book.links([revision.article], [revision.article])
            book.pending_auto()
    article = story.revisions[0].article
    for n in range(len(story.revisions)):
        book.put_notices(article, n, story.notices[n])
        if n in story.deltas:
            book.put_delta(article, n, story.deltas[n])
        book.put_updates(article, n, story.updates[n])
        if asking:
            assert len(story.revisions) == len(book.revisions_of(article))
            assert story.updates[n] == book.updates_of(article)[-len(story.updates[n]) :] or not story.updates[n]
    book.put_fingerprints(article, story.prints)
    if asking:
        book.put_copy(story.copy)
        book.drop_copy(story.copy.article, article)
        book.candidates(story.prints)
        book.put_fingerprints(article, story.prints)
    book.put_copy(story.copy)
