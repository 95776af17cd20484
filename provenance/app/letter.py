"""`prov letter`: what is asked of a copy's publisher, and nothing beyond what the evidence bears out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from provenance.app.catch_up import catch_up
from provenance.app.gate.policy import MIN_CONFIDENCE
from provenance.app.lookup import the_article
from provenance.app.workspace import Workspace
from provenance.errors import NotFoundError, UsageError
from provenance.ledger.overview import since
from provenance.model import Article, Copy, History, Kind, Op, Revision, Standing, State, Update
from provenance.model.letters import ENGLISH, LANGUAGES, Change, Letter, Point

_OUT_OF_DATE = (State.MISSING, State.PARTIAL)
_UNTOLD = (State.DIVERGED, State.UNSEEN)


def letter(workspace: Workspace, copy: str, article: str = "", language: str = "") -> Letter:
    """Give what is to be asked of the publisher of a copy, for one upstream, in the copy's language where it is known.

    What is missing is claimed where the verdict is sure; where nothing is, what could not be told is asked. Raises
    NotFoundError for an article that is no copy, or none of `article`; UsageError where several upstreams are meant.
    """
    catch_up(workspace)
    below = the_article(workspace, copy)
    above = _upstream(workspace, below, article)
    history = workspace.ledger.history(above.id)
    [judged] = [each for each in history.copies if each.article == below.id]
    own = workspace.ledger.revisions_of([below.id])[below.id][judged.revision].metadata
    return Letter(
        copy=below,
        upstream=above,
        headline=history.revisions[judged.made_from].metadata.headline or above.headline,
        language=_language(language, own.language, history.revisions[-1].metadata.language),
        derivation=judged.derivation,
        declared=judged.declared,
        published=own.published_at,
        seen=judged.observed_at,
        changes=_changes(workspace, history, judged),
    )


def _upstream(workspace: Workspace, copy: Article, named: str) -> Article:
    if not copy.copy_of:
        raise NotFoundError(
            f"{copy.url} is not known as a copy of anything, so there is nobody to write for",
            hint="name one of its copies" if _has_copies(workspace, copy) else "`prov status` lists the copies",
        )
    if named:
        found = the_article(workspace, named)
        if found.id not in copy.copy_of:
            raise NotFoundError(f"{copy.url} is no copy of {found.url}", hint=f"it is one of {', '.join(copy.copy_of)}")
        return found
    if len(copy.copy_of) > 1:
        some = ", ".join(copy.copy_of)
        raise UsageError(f"{copy.url} has {len(copy.copy_of)} upstreams", hint=f"name one with --article: {some}")
    return the_article(workspace, copy.copy_of[0])


def _has_copies(workspace: Workspace, article: Article) -> bool:
    return bool(workspace.ledger.history(article.id).copies)


def _language(asked: str, *declared: str) -> str:
    """Choose the language that was asked for, else the first declared one that letters are written in."""
    primary = (tag.replace("_", "-").partition("-")[0].casefold() for tag in declared)
    return asked or next((tag for tag in primary if tag in LANGUAGES), ENGLISH)


# --- what is claimed, and what is asked


def _changes(workspace: Workspace, history: History, copy: Copy) -> tuple[Change, ...]:
    """Give the updates that the copy misses, oldest first; where there is none, those of which it cannot be told."""
    updates = {update.id: update for update in history.updates}
    out = list(_times(history.revisions))
    pairs = [(each, updates[each.update]) for each in copy.standings]
    # a refile asks nothing of whoever has the old text
    pairs = [(standing, update) for standing, update in pairs if update.kind is not Kind.REFILE]
    if not any(standing.state in {*_OUT_OF_DATE, *_UNTOLD} for standing, _ in pairs):
        return ()
    texts = _texts(workspace, history.revisions)
    found = [_claim(standing, update, texts[-1]) for standing, update in pairs]
    claims = [each for each in found if each and (each.points or each.kind is Kind.RETRACTION)]
    withdrawn = [each for each in claims if each.kind is Kind.RETRACTION]
    asked = withdrawn or claims or [_question(*pair, texts) for pair in pairs if _is_open(*pair)]
    dated = (_dated(each, updates[each.update].revision, out, history) for each in asked)
    return tuple(sorted(dated, key=lambda each: (updates[each.update].revision, *_gravest_first(each))))


def _gravest_first(change: Change) -> tuple[int, bool, str]:
    return -change.kind.rank, not change.declared, change.update


def _texts(workspace: Workspace, revisions: Sequence[Revision]) -> list[str]:
    from provenance.app.texts import Texts

    return [each.text for each in Texts(workspace.store.read, most=64_000_000).fill(revisions)]


def _times(revisions: Sequence[Revision]) -> Iterator[datetime | None]:
    """Say of each revision when it came out."""
    before: datetime | None = None
    for revision in revisions:
        metadata = revision.metadata
        stated = metadata.modified_at or (None if revision.n else metadata.published_at)
        yield since(stated, revision.observed_at, before)
        before = metadata.modified_at or metadata.published_at


def _dated(change: Change, n: int, out: Sequence[datetime | None], history: History) -> Change:
    """Say since when, and of a withdrawal what the article itself says of it: a headline's tag says little."""
    notice = change.notice
    if change.kind is Kind.RETRACTION:
        of_it = (each.text for each in history.notices.get(n, ()) if each.kind is Kind.RETRACTION)
        notice = max((notice, *of_it), key=len)
    return replace(change, out=out[n], notice=notice)


def _claim(standing: Standing, update: Update, text: str) -> Change | None:
    """Give what a copy was surely seen not to show, None where that is not so."""
    if standing.state not in _OUT_OF_DATE or standing.confidence < MIN_CONFIDENCE:
        return None
    edits = {edit.n: edit for edit in update.edits}
    sure = [each for each in standing.edits if each.state in _OUT_OF_DATE and each.confidence >= MIN_CONFIDENCE]
    points = (_borne_out(Point.of(edits[each.n], each), text) for each in sure)
    if update.kind is Kind.RETRACTION:
        quoted = [each for each in points if each.quote][:1]
        return _change(standing.state, update, tuple(quoted))
    return _change(standing.state, update, tuple(dict.fromkeys(filter(_says_something, points))))


def _borne_out(point: Point, text: str) -> Point:
    """Leave out what the article does not have word for word as it now stands: a letter says it does."""
    return point if point.wanted and " ".join(point.wanted.split()) in _one_line(text) else replace(point, wanted="")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _says_something(point: Point) -> bool:
    return bool(point.wanted if point.op is Op.INSERT else point.quote)


def _is_open(standing: Standing, update: Update) -> bool:
    """Tell whether it is worth a question: it could not be told, or not surely."""
    return standing.state in _UNTOLD or (standing.state in _OUT_OF_DATE and not update.told)


def _question(standing: Standing, update: Update, texts: Sequence[str]) -> Change:
    """Say what the article now has, of which the copy does not tell."""
    from provenance.engine.lineage import Lineage

    lineage, last = Lineage(texts), len(texts) - 1
    now = [
        lineage.sentence(edit.after_span, update.revision, last)
        for edit in update.edits
        if edit.after and edit.after_span and edit.op in {Op.INSERT, Op.REPLACE} and update.kind is not Kind.RETRACTION
    ]
    points = tuple(Point(Op.INSERT, wanted=each) for each in dict.fromkeys(filter(None, now)))
    return _change(standing.state if standing.state in _UNTOLD else State.DIVERGED, update, points)


def _change(state: State, update: Update, points: tuple[Point, ...]) -> Change:
    return Change(update.id, update.kind, update.declared, state, notice=update.notice, points=points)
