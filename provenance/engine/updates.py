"""Updates: the edits of one revision that belong together, each group with a kind and the reason for it.

Edits that one claim of a notice discloses are one update, of the kind that the claim names. What no notice discloses
is silent: grouped by the same change, the same sentence or neighbouring paragraphs, its kind read off what it touches.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from provenance.engine import delta, notices
from provenance.engine.aspects import Setting, changes_fact, sentence_at
from provenance.engine.edits import compare
from provenance.engine.meanings import Meaning, Told, beside, difference, marks
from provenance.engine.pairing import pair
from provenance.engine.unlabelled import notes
from provenance.model import KIND_OF, Aspect, Claim, Delta, Edit, Kind, Notice, Op, Revision, Says, Status, Update

_REFILED = frozenset({Aspect.SPELLING, Aspect.LAYOUT, Aspect.WORDING, Aspect.BYLINE, Aspect.CAPTION, Aspect.HEADLINE})
_NOTHING = Meaning(frozenset(), frozenset())
_SAID = {
    Says.CORRECTED: "corrects it",
    Says.CLARIFIED: "clarifies it",
    Says.ADDED: "says that it was added",
    Says.REMOVED: "says that it was removed",
    Says.RETRACTED: "withdraws it",
    Says.REFILED: "says that it was filed again",
}


@dataclass(frozen=True, slots=True)
class Changes:
    """What one revision changed: the delta, the notices that stand on it, and its updates."""

    notices: tuple[Notice, ...]
    delta: Delta | None
    updates: tuple[Update, ...]


def standing(revision: Revision) -> tuple[Notice, ...]:
    """Give every notice of a revision: those in its text, then those that came only as metadata."""
    language = revision.metadata.language
    found = notices.find(revision.text, language)
    texts = [_folded(notice.text) for notice in found]
    declared = (notices.read(note, language) for note in revision.metadata.notices)
    return found + tuple(n for n in declared if n and not any(_folded(n.text) in text for text in texts))


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def revise(before: Revision, after: Revision) -> Changes:
    """Work out what a revision changed against the one before it."""
    old, new = standing(before), standing(after)
    fields = _field_edits(before, after)
    if before.text == after.text and not fields and old == new:
        return Changes(new, None, ())
    gone = [notice.span for notice in old if notice.span]
    come = [notice.span for notice in new if notice.span]
    setting = Setting(before.text, after.text, after.metadata.language)
    edits, steps = compare(before.text, after.text, gone, come, setting)
    if unlabelled := notes(edits, setting):
        new = tuple(sorted((*new, *unlabelled), key=lambda notice: notice.span or (len(after.text), 0)))
        come += [notice.span for notice in unlabelled if notice.span]
        edits, steps = compare(before.text, after.text, gone, come, setting)
    edits += [replace(edit, n=len(edits) + n) for n, edit in enumerate(fields)]
    made = None
    if before.text != after.text:
        made = delta.from_script(before.text, after.text, steps) if steps else delta.make(before.text, after.text)
    if after.technical:
        return Changes(new, made, ())
    known = {_folded(notice.text) for notice in old}
    fresh = [notice for notice in new if _folded(notice.text) not in known]
    return Changes(new, made, grouped(before, after, edits, fresh, setting))


def _field_edits(before: Revision, after: Revision) -> list[Edit]:
    """List the changed metadata that a copy can miss: whether the article may be used, and who wrote it."""
    x, y = before.metadata, after.metadata
    found = []
    if x.status is not y.status:
        found.append(Edit(0, Op.REPLACE, (Aspect.STATUS,), x.status.value, y.status.value, field="status"))
    if x.byline and y.byline and x.byline != y.byline and x.byline not in before.text:
        found.append(Edit(0, Op.REPLACE, (Aspect.BYLINE,), x.byline, y.byline, field="byline"))
    return found


def grouped(
    before: Revision, after: Revision, edits: Sequence[Edit], fresh: Sequence[Notice], setting: Setting
) -> tuple[Update, ...]:
    """Group the edits of a revision into updates, gravest first."""
    told = [Told(notice, claim) for notice in (*fresh, *_replies(edits)) for claim in notice.claims]
    changed = [
        difference(edit, before.text, after.text, setting.lexicon, setting.language)
        if told or not is_refile(edit)
        else _NOTHING
        for edit in edits
    ]
    paired = pair(edits, changed, told, after.text, setting.lexicon, setting.language) if told else {}
    disclosed = {**paired, **_taken_back(edits, told)}
    groups: list[tuple[Told | None, list[Edit]]] = []
    for t in told:
        mine = [edit for edit in edits if disclosed.get(edit.n) is t]
        if mine:
            groups.append((t, mine))
    silent = [edit for edit in edits if edit.n not in disclosed]
    groups += [(None, group) for group in _silent(silent, changed, before.text, after.text)]
    made = [_update(after, t, group) for t, group in groups]
    made += _withdrawn(after, fresh, groups)
    return tuple(sorted(made, key=lambda u: (-u.kind.rank, u.edits[0].n if u.edits else 0)))


def _replies(edits: Sequence[Edit]) -> list[Notice]:
    """Make a notice of every passage that was put in as somebody's answer, and is headed so: it discloses itself."""
    added = [edit for edit in edits if edit.op is Op.INSERT and notices.replies(edit.after)]
    return [Notice(edit.after, edit.after_span, (Claim(Says.ADDED, about=edit.after),), "reply") for edit in added]


def _taken_back(edits: Sequence[Edit], told: Sequence[Told]) -> dict[int, Told]:
    """Let a notice that withdraws an article speak for every edit of the revision that does so."""
    withdrawal = next((t for t in told if t.claim.says is Says.RETRACTED), None)
    if withdrawal is None or not any(edit.field == "status" for edit in edits):
        return {}
    return {edit.n: withdrawal for edit in edits}


def is_refile(edit: Edit) -> bool:
    """Tell whether an edit only mends wording, spelling or layout, or the lines above the story."""
    if Aspect.BYLINE in edit.aspects:
        return True
    if edit.op is Op.MOVE or set(edit.aspects) <= {Aspect.SPELLING, Aspect.LAYOUT, Aspect.QUOTE, Aspect.HEADLINE}:
        return edit.op is Op.MOVE or bool({Aspect.SPELLING, Aspect.LAYOUT} & set(edit.aspects))
    return set(edit.aspects) <= _REFILED


def _silent(edits: Sequence[Edit], changed: Sequence[Meaning], before: str, after: str) -> Iterable[list[Edit]]:
    """Group undisclosed edits: the same change, one sentence, neighbouring paragraphs; what only refiles, together."""
    groups: list[list[Edit]] = []
    homes: dict[object, list[Edit]] = {}
    for edit in edits:
        own = [_sentence(edit, before, after), *([] if is_refile(edit) else marks(edit, changed[edit.n]))]
        home = next((homes[mark] for mark in own if mark in homes), None)
        if home is None and groups and beside(groups[-1][-1], edit):
            home = groups[-1]
        if home is None:
            groups.append(home := [])
        home.append(edit)
        homes |= dict.fromkeys(own, home)
    refiled = [edit for group in groups if all(map(is_refile, group)) for edit in group]
    if refiled:
        yield refiled
    yield from (group for group in groups if not all(map(is_refile, group)))


def _sentence(edit: Edit, before: str, after: str) -> tuple[str, int]:
    """Name the place of an edit: the sentence that it changed, or itself where it is a passage."""
    if edit.field or (edit.op is not Op.REPLACE and Aspect.PASSAGE in edit.aspects):
        return ("edit", edit.n)
    if edit.after and edit.after_span:
        return ("after", sentence_at(after, edit.after_span)[0])
    return ("before", sentence_at(before, edit.before_span)[0] if edit.before_span else edit.n)


def _update(after: Revision, t: Told | None, edits: list[Edit]) -> Update:
    if t is not None:
        kind = KIND_OF[t.claim.says]
        because = f"the notice {_SAID[t.claim.says]}: \u201c{_short(_words_of(t.claim) or t.notice.text)}\u201d"
        return Update(name(after, edits), after.n, kind, True, because, tuple(edits), t.notice.text)  # noqa: FBT003
    kind, because = _kind(edits)
    return Update(name(after, edits), after.n, kind, False, because, tuple(edits))  # noqa: FBT003


def _words_of(claim: Claim) -> str:
    return claim.about or claim.new or claim.old


def _short(text: str, limit: int = 90) -> str:
    return text if len(text) <= limit else text[: limit - 1].rsplit(" ", 1)[0] + "\u2026"


def name(after: Revision, edits: Sequence[Edit]) -> str:
    """Name an update by its article, revision and changed words, whatever kind a later engine gives it."""
    parts = [after.article, str(after.n), *(f"{e.field}\0{e.before}\0{e.after}\0{e.after_span}" for e in edits)]
    return sha256("\1".join(parts).encode()).hexdigest()[:12]


def _kind(edits: Sequence[Edit]) -> tuple[Kind, str]:
    """Read the kind of a silent update off what it touches."""
    touched = {aspect for edit in edits for aspect in edit.aspects}
    if Aspect.STATUS in touched:
        return (Kind.RETRACTION, "the article's status says so") if edits[0].after != Status.USABLE.value else (
            Kind.DEVELOPMENT, "the article may be used again")  # fmt: skip
    if all(is_refile(edit) for edit in edits):
        return Kind.REFILE, "wording, spelling or layout only; no number, name, quote or negation changed"
    ops = {edit.op for edit in edits}
    if ops <= {Op.INSERT} and Aspect.PASSAGE in touched:
        return Kind.DEVELOPMENT, "a passage was added; no notice says so"
    if ops <= {Op.DELETE} and Aspect.PASSAGE in touched:
        return Kind.DEVELOPMENT, "a passage was taken out; no notice says so"
    if any(map(changes_fact, edits)):
        what = next(
            aspect for edit in edits for aspect in edit.aspects if changes_fact(replace(edit, aspects=(aspect,)))
        )
        return Kind.CORRECTION, f"a {what.value} changed; no notice says so"
    if Aspect.QUOTE in touched:
        return Kind.CORRECTION, "the words of a quotation changed; no notice says so"
    return Kind.DEVELOPMENT, "a passage was written anew; no notice says so"


def _withdrawn(
    after: Revision, fresh: Sequence[Notice], groups: Sequence[tuple[Told | None, list[Edit]]]
) -> list[Update]:
    """Make an update of a notice that withdraws the whole article where no edit shows it."""
    if any(t and t.claim.says is Says.RETRACTED for t, _ in groups):
        return []
    for notice in fresh:
        for claim in notice.claims:
            paired = any(t and t.notice is notice for t, _ in groups)
            if claim.says is Says.RETRACTED and not paired:
                edit = Edit(0, Op.INSERT, (Aspect.NOTICE,), "", notice.text, None, notice.span)
                because = "the notice withdraws the article"
                return [Update(name(after, [edit]), after.n, Kind.RETRACTION, True, because, (edit,), notice.text)]  # noqa: FBT003
    return []
