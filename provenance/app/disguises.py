"""Where a copy disguises its words: letters of another script in them, or characters that nobody sees."""

from __future__ import annotations

from collections.abc import Iterator

from provenance.app.workspace import Workspace
from provenance.model import EVASION, HIDDEN_IN_WORDS, Copy, Disguised, Revision


def disguises(workspace: Workspace, copy: Copy) -> tuple[Disguised, ...]:
    """List the words that a copy disguises, in order; none where it is not suspected of evasion."""
    if EVASION not in copy.flags:
        return ()
    from provenance.app.texts import Texts

    held = workspace.ledger.revisions_of([copy.upstream, copy.article])
    article = Texts(workspace.store.read).fill(held[copy.upstream])
    [revision] = Texts(workspace.store.read).fill([held[copy.article][copy.revision]])
    found = {**_by_letters(revision, article), **(_hidden(workspace, revision, article) if _hides(revision) else {})}
    return tuple(sorted(found.values(), key=lambda each: each.line))


def _hides(revision: Revision) -> bool:
    return HIDDEN_IN_WORDS in revision.flags


def _by_letters(copy: Revision, article: tuple[Revision, ...]) -> dict[str, Disguised]:
    from provenance.engine import text
    from provenance.engine.comparison import Comparison

    comparison = Comparison([each.text for each in article], copy.text, article[-1].metadata.language)
    found: dict[str, Disguised] = {}
    for each in comparison.seen.disguises:
        if each.word not in found:
            line = text.line_of(copy.text, each.span[0])
            found[each.word] = Disguised(line, each.word, each.plain, each.characters)
    return found


def _hidden(workspace: Workspace, copy: Revision, article: tuple[Revision, ...]) -> dict[str, Disguised]:
    """Find the words in the bytes as they were received: the text itself has lost what nobody sees."""
    from provenance.engine import text

    if any(map(_hides, article)):
        return {}
    found: dict[str, Disguised] = {}
    for word in _received(workspace, copy):
        plain = text.clean(word)
        at = copy.text.find(plain) if word not in found else -1
        if at >= 0:
            unseen = tuple(dict.fromkeys(each for each in word if each not in plain))
            found[word] = Disguised(text.line_of(copy.text, at), word, plain, unseen)
    return found


def _received(workspace: Workspace, copy: Revision) -> Iterator[str]:
    from html import unescape

    from provenance.engine import text
    from provenance.sources import received

    decoded, _ = received.decode(workspace.store.source(copy.id, copy.article))
    return text.hidden_words(unescape(decoded))
