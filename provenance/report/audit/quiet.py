"""An article of which there is nothing to tell but that it and its copies are held: a short chapter.

Most articles are such ones. They are written without a template, which would take several times as long.
"""

from __future__ import annotations

from collections.abc import Iterator

from provenance.model import CopyState
from provenance.model.audits import Chapter, Exhibit
from provenance.report.audit.markup import attributes, escaped, foreign, link
from provenance.report.audit.telling import moment, name
from provenance.report.audit.told import derivation, summary

_FINE = frozenset({CopyState.CURRENT, CopyState.UNSEEN, CopyState.WITHDRAWN})
_FOLD = '<details class="record">\n<summary>{}: ids, digests, and the commands that give the same again</summary>\n'


def is_quiet(chapter: Chapter) -> bool:
    """Tell whether nothing happened to an article, and no copy of it needs a look."""
    eventful = chapter.history.updates or chapter.unchanged
    return not eventful and all(each.copy.state in _FINE and not each.disguised for each in chapter.exhibits)


def quiet(chapter: Chapter, classes: str) -> str:
    """Write the chapter."""
    return "\n".join([*_head(chapter, classes), *_record(chapter), "</article>\n"])


def _head(chapter: Chapter, classes: str) -> Iterator[str]:
    article = chapter.history.article
    yield f'<article class="chapter quiet {classes}" id="a-{article.id}">\n<header>'
    yield f'<p class="kicker">{foreign(name(article))}</p>'
    yield f"<h2{attributes(article.headline, chapter.language)}>{escaped(article.headline or article.url)}</h2>"
    yield f'<p class="fine">{link(article.url)}</p>'
    for each in chapter.upstreams:
        whose = f"{foreign(each.headline or each.url)}, {foreign(name(each))}"
        yield f'<p class="fine">Itself a copy of {whose}: {link(each.url)}</p>'
    yield f'<p class="sum">{_still(chapter)} {escaped(summary(chapter))}</p>\n</header>'


def _still(chapter: Chapter) -> str:
    held = len(chapter.history.revisions)
    return "Nothing changed: one revision is held." if held == 1 else f"No update: its {held:,} revisions say the same."


def _record(chapter: Chapter) -> Iterator[str]:
    article = chapter.history.article.id
    yield _FOLD.format("Copies and record" if chapter.exhibits else "Record")
    if chapter.exhibits:
        yield '<ul class="same">'
        yield from (_copy(each, article) for each in chapter.exhibits)
        yield "</ul>"
    for each in chapter.history.revisions:
        when, digest = escaped(moment(chapter.out.get(each.n))), chapter.digests.get(each.n, "")
        yield f'<p class="id">revision {each.n}, {when}: commit <code>{each.id}</code>, text <code>{digest}</code></p>'
    commands = (f"status {article}", f"log {article}", f"show {article}@0")
    again = ", ".join(f"<code>prov {each}</code>" for each in commands)
    yield f'<p class="id">article <code>{article}</code> · again: {again}</p>\n</details>'


def _copy(exhibit: Exhibit, article: str) -> str:
    copy = exhibit.copy
    whose = f"<b>{foreign(name(exhibit.article))}</b> {link(exhibit.article.url)}"
    again = f"<code>prov explain {copy.article}</code>, text <code>{exhibit.digest}</code>"
    what = f'<span class="fine">{escaped(derivation(copy))} {again}</span>'
    return f'<li id="c-{article}-{copy.article}">{whose} {what}</li>'
