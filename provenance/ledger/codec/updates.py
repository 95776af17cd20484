"""What a revision changed as rows: notices with their claims, deltas, updates with their edits."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from provenance.ledger.codec.plain import Out, Row, canonical_json, span_of, strings_of
from provenance.model import ArticleId, Aspect, Claim, Delta, Edit, Kind, Notice, Op, Says, Update

NOTICE = ("article", "revision", "position", "text", "span_start", "span_end", "claims", "rule", "language")
DELTA = ("article", "revision", "before_sha256", "after_sha256", "ops")
UPDATE = ("article", "id", "revision", "position", "kind", "declared", "because", "notice", "told")
EDIT = (
    "article",
    "update_id",
    "n",
    "op",
    "aspects",
    "before",
    "after",
    "before_start",
    "before_end",
    "after_start",
    "after_end",
    "field",
)

_NOWHERE = (None, None)


def notice_rows(article: ArticleId, n: int, notices: Sequence[Notice]) -> Iterator[Row]:
    """Give the rows of the notices on one revision, in order."""
    for position, notice in enumerate(notices):
        start, end = notice.span or _NOWHERE
        yield {
            "article": article,
            "revision": n,
            "position": position,
            "text": notice.text,
            "span_start": start,
            "span_end": end,
            "claims": canonical_json([_claim(claim) for claim in notice.claims]),
            "rule": notice.rule,
            "language": notice.language,
        }


def notice_of(row: Out) -> Notice:
    """Read a notice out of the columns of NOTICE."""
    claims = tuple(Claim(**{**claim, "says": Says(claim["says"])}) for claim in json.loads(row[6]))
    return Notice(row[3], span_of(row[4], row[5]), claims, row[7], row[8])


def _claim(claim: Claim) -> dict[str, str]:
    return {"says": claim.says.value, "old": claim.old, "new": claim.new, "about": claim.about}


def delta_row(article: ArticleId, n: int, delta: Delta) -> Row:
    """Give the row of the delta that leads to revision n."""
    digests = {"before_sha256": delta.before, "after_sha256": delta.after}
    return {"article": article, "revision": n, **digests, "ops": delta.ops}


def delta_of(row: Out) -> Delta:
    """Read a delta out of the columns of DELTA."""
    return Delta(row[2], row[3], row[4])


def update_rows(article: ArticleId, updates: Sequence[Update]) -> tuple[list[Row], list[Row]]:
    """Give the rows of the updates of one revision, and those of their edits."""
    rows = [
        {
            "article": article,
            "id": update.id,
            "revision": update.revision,
            "position": position,
            "kind": update.kind.value,
            "declared": update.declared,
            "because": update.because,
            "notice": update.notice,
            "told": update.told,
        }
        for position, update in enumerate(updates)
    ]
    return rows, [_edit_row(article, update.id, edit) for update in updates for edit in update.edits]


def _edit_row(article: ArticleId, update: str, edit: Edit) -> Row:
    before_start, before_end = edit.before_span or _NOWHERE
    after_start, after_end = edit.after_span or _NOWHERE
    return {
        "article": article,
        "update_id": update,
        "n": edit.n,
        "op": edit.op.value,
        "aspects": canonical_json(edit.aspects),
        "before": edit.before,
        "after": edit.after,
        "before_start": before_start,
        "before_end": before_end,
        "after_start": after_start,
        "after_end": after_end,
        "field": edit.field,
    }


def updates_of(updates: Iterable[Out], edits: Iterable[Out]) -> Iterator[tuple[ArticleId, Update]]:
    """Read updates, each with its article, out of the columns of UPDATE and EDIT; edits come in the order of `n`."""
    within: dict[tuple[str, str], list[Edit]] = defaultdict(list)
    for row in edits:
        within[row[0], row[1]].append(_edit_of(row))
    for row in updates:
        yield (
            row[0],
            Update(
                id=row[1],
                revision=row[2],
                kind=Kind(row[4]),
                declared=bool(row[5]),
                because=row[6],
                edits=tuple(within.get((row[0], row[1]), ())),
                notice=row[7],
                told=bool(row[8]),
            ),
        )


def _edit_of(row: Out) -> Edit:
    return Edit(
        n=row[2],
        op=Op(row[3]),
        aspects=tuple(Aspect(aspect) for aspect in strings_of(row[4])),
        before=row[5],
        after=row[6],
        before_span=span_of(row[7], row[8]),
        after_span=span_of(row[9], row[10]),
        field=row[11],
    )
