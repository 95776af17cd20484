"""The audit as Markdown for a ticket: the answer, then what each copy that is behind has to change, as tasks.

Words from outside stand in code only, where nothing is a mention, a link, HTML or the end of a table.
"""

from __future__ import annotations

from collections.abc import Iterator

from provenance.model import CopyState, Kind
from provenance.model.audits import Audit, Chapter, Exhibit
from provenance.report.audit import requests, telling, told
from provenance.report.audit.foreign import href
from provenance.report.audit.measured import mended, small
from provenance.report.audit.passages import Passage, passages
from provenance.report.gate.markdown import code
from provenance.report.words import one_line

PASSAGES = 20
"""So many passages of one copy are told; the page has them all."""


def stream(audit: Audit) -> Iterator[str]:
    """Yield the report in parts: the front, the articles of which there is something to say, the end."""
    yield from _front(audit)
    for chapter in audit.chapters():
        yield from _chapter(chapter)
    yield from _end(audit)


def _front(audit: Audit) -> Iterator[str]:
    yield f"# {telling.answer(audit)}\n\n"
    yield f"{_joined(telling.scale(audit.totals), telling.silence(audit.totals))}\n\n"
    if asked := telling.scoped(audit):
        yield f"{_outside(asked)}\n\n"
    behind = [each for each in audit.entries if each.behind]
    for each in behind:
        worst = each.worst.value if each.worst else "behind"
        yield f"- **{worst}**: {_outside(each.article.headline or each.article.url)}, "
        yield f"{_outside(telling.name(each.article))}: {telling.behind_of(each)}\n"
    yield "\n" if behind else ""


def _chapter(chapter: Chapter) -> Iterator[str]:
    shown = [each for each in chapter.exhibits if each.copy.state is CopyState.BEHIND]
    untold = [each for each in chapter.exhibits if each.copy.state in {CopyState.DIVERGED, CopyState.UNSEEN}]
    silent = [each for each in chapter.history.updates if not each.declared and each.kind is not Kind.REFILE]
    if not (shown or untold or silent or chapter.unchanged):
        return
    article = chapter.history.article
    yield f"## {_outside(article.headline or article.url)}\n\n"
    yield f"{_outside(telling.name(article))}, {_address(article.url)}. {told.summary(chapter)}\n\n"
    for update in silent:
        when = telling.moment(chapter.out.get(update.revision))
        yield f"- {telling.label(update)}, revision {update.revision}, {when}: {_outside(update.because)}\n"
    for n, notice in chapter.unchanged:
        yield f"- notice without a change, revision {n}: {_outside(notice.text)}\n"
    yield "\n" if silent or chapter.unchanged else ""
    for each in shown:
        yield from _exhibit(each, chapter)
    for each in untold:
        yield from _untold(each, chapter)


def _exhibit(exhibit: Exhibit, chapter: Chapter) -> Iterator[str]:
    yield f"### {_outside(telling.name(exhibit.article))}\n\n"
    yield f"{_address(exhibit.article.url)}. {told.derivation(exhibit.copy)}\n\n"
    found = [each for each in passages(exhibit) if each.update.kind is not Kind.REFILE]
    for each in found[:PASSAGES]:
        yield f"- [ ] {_sentence(each, chapter)}\n"
    if len(found) > PASSAGES:
        yield f"- … and {telling.count(len(found) - PASSAGES, 'more passage')}\n"
    if exhibit.disguised:
        yield f"- {telling.count(len(exhibit.disguised), 'word')} not spelled as they look\n"
    yield f"\nEvidence: {_explain(exhibit)}, text {_outside(exhibit.digest)}\n\n"


def _sentence(passage: Passage, chapter: Chapter) -> str:
    parts = requests.request_parts(passage, chapter.out.get(passage.update.revision))
    return "".join(_outside(words) if outside else words for words, outside in _unquoted(parts))


def _unquoted(parts: tuple[requests.Part, ...]) -> Iterator[requests.Part]:
    """Take the quotation marks off around words that stand in code."""
    for words, outside in parts:
        yield (words, True) if outside else (words.strip("“”‘’"), False)


def _untold(exhibit: Exhibit, chapter: Chapter) -> Iterator[str]:
    why = "could not be told" if exhibit.copy.state is CopyState.DIVERGED else "not observed since"
    yield f"- {why}: {_outside(telling.name(exhibit.article))}, {_address(exhibit.article.url)}. "
    yield f"{_joined(*told.untold(exhibit, chapter))} {_explain(exhibit)}\n\n"


def _end(audit: Audit) -> Iterator[str]:
    for curve in audit.measures.mended:
        yield f"{_joined(mended(curve), small(curve.pairs, 'pair'))}\n\n"
    yield f"As of {telling.moment(audit.now)}. "
    yield f"The same again: {_outside(telling.again(audit, 'markdown'))}, "
    yield f"facts up to {_outside(audit.head or 'none')}, engine {_outside(audit.engine)}.\n"


def _explain(exhibit: Exhibit) -> str:
    return _outside(f"prov explain {exhibit.copy.article}")


def _address(url: str) -> str:
    found = href(url)
    return f"<{found}>" if found else _outside(url)


def _outside(words: str) -> str:
    return code(one_line(" ".join(words.split())))


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))
