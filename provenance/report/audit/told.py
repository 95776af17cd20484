"""One article and its copies in sentences: how they stand, what could not be told, what was not observed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from unicodedata import name as name_of

from provenance.model import Copy, CopyState, Derivation, Kind, Piece, Standing, State, Update
from provenance.model.audits import Chapter, Entry, Exhibit, Unshown
from provenance.report.audit.passages import OUT_OF_DATE
from provenance.report.audit.telling import copies, count, day, label, listed, moment, name, states

MOST = 12
"""Of so many updates it is told what a copy shows of them; the others are counted."""
_ONE = {
    CopyState.BEHIND: "is behind",
    CopyState.DIVERGED: "cannot be told",
    CopyState.UNSEEN: "has not been seen since",
    CopyState.CURRENT: "is up to date",
    CopyState.WITHDRAWN: "was taken down",
}
_UNSHOWN = {
    Unshown.LONG: "The two texts are too long to be laid side by side here:",
    Unshown.MANY: "So much is laid out above, of this article or in all, that these two texts are not; side by side:",
    Unshown.UNASKED: "Side by side:",
}


def classes(entry: Entry, publishers: Mapping[str, int]) -> str:
    """Give the classes by which an article is found by the filters."""
    found = "e behind" if entry.behind else "e"
    found += f" w-{entry.worst.value}" if entry.worst else ""
    number = publishers.get(name(entry.article))
    return found if number is None else f"{found} p{number}"


def summary(chapter: Chapter) -> str:
    """Say of one article in a sentence how its copies stand."""
    found = [each.copy for each in chapter.exhibits]
    if not found:
        return "No copies of it are known."
    if len(found) == 1:
        return f"The one copy that is known {_ONE[found[0].state]}."
    entry = Entry(chapter.history.article, Counter(each.state for each in found))
    return f"{copies(len(found))}: {states(entry)}."


def derivation(copy: Copy) -> str:
    """Say how a copy came from the article."""
    first, last = copy.made_from_range
    base = f"revision {copy.made_from}" + (f" (or any of {first} to {last})" if first != last else "")
    what = "Taken over" if copy.derivation is Derivation.REPUBLISHED else "Taken over in part"
    how = "as it says itself" if copy.declared else "as prov found"
    share = f"with {copy.coverage:.0%} of the article's words"
    return f"{what} from {base}, {how}, {share}; last seen {moment(copy.observed_at)}."


def because(standing: Standing, update: Update) -> str:
    """Say why a standing is what it is."""
    if standing.state is State.UNSEEN:
        return "last seen before the update came out"
    if update.kind is Kind.RETRACTION and standing.state in OUT_OF_DATE:
        return "still runs an article that was withdrawn"
    return standing.because


def told_in_time(chapter: Chapter) -> str:
    """Tell what a drawing of an article and its copies in time shows."""
    revisions = count(len(chapter.history.revisions), "revision")
    days = [at for at in chapter.out.values() if at]
    when = f", from {day(min(days))} to {day(max(days))}" if days else ""
    behind = [name(each.article) for each in chapter.exhibits if each.copy.state is CopyState.BEHIND]
    if not behind:
        return f"{revisions}{when}. {summary(chapter)}"
    shown = behind[:5]
    more = f" and {len(behind) - len(shown):,} more" if len(behind) > len(shown) else ""
    return f"{revisions}{when}. {summary(chapter)} Behind: {', '.join(shown) if more else listed(shown)}{more}."


def told_of(exhibit: Exhibit, chapter: Chapter) -> str:
    """Tell of a copy that is not behind what was seen of each update."""
    updates = {each.id: each for each in chapter.history.updates}
    said = []
    for each in exhibit.copy.standings:
        update = updates.get(each.update)
        if update and update.kind is not Kind.REFILE and each.state in {State.CARRIED, State.UNSEEN}:
            said.append(_told(each, update, chapter))
    return " ".join([*said[:MOST], *_more(said)])


def _told(standing: Standing, update: Update, chapter: Chapter) -> str:
    what = f"the {label(update)} of {day(chapter.out.get(update.revision))}"
    if standing.state is State.UNSEEN:
        return f"Not seen since {what}."
    dropped = ", without its notice" if standing.notice_dropped else ""
    return f"Carries {what}{dropped}."


def untold(exhibit: Exhibit, chapter: Chapter) -> tuple[str, ...]:
    """Tell of a copy which updates could not be told, and which it was not observed after."""
    updates = {each.id: each for each in chapter.history.updates}
    shown = {State.DIVERGED, State.UNSEEN, State.CARRIED}
    found = [(each, updates[each.update]) for each in exhibit.copy.standings if each.update in updates]
    found = [(standing, each) for standing, each in found if each.kind is not Kind.REFILE and standing.state in shown]
    said = [_untold(standing, each, chapter) for standing, each in found]
    return (*said[:MOST], *_more(said))


def _more(said: Sequence[str]) -> list[str]:
    return [f"And of {count(len(said) - MOST, 'more update')}."] if len(said) > MOST else []


def _untold(standing: Standing, update: Update, chapter: Chapter) -> str:
    what = f"the {label(update)} of {day(chapter.out.get(update.revision))}"
    if standing.state is State.DIVERGED:
        return f"Could not be told: {what} ({because(standing, update)})."
    if standing.state is State.UNSEEN:
        return f"Not observed: {what} came out after the copy was last seen."
    return _told(standing, update, chapter)


def unshown(exhibit: Exhibit) -> str:
    """Say why a copy is not laid beside its article."""
    return _UNSHOWN[exhibit.unshown] if exhibit.unshown else ""


def plain(pieces: Iterable[Piece]) -> str:
    """Give the words of pieces."""
    return "".join(each.text for each in pieces)


def unmasked(word: str) -> str:
    """Show a word with the characters in it that nobody sees."""
    return "".join(each if each.isprintable() else f"\\u{ord(each):04x}" for each in word)


def named(characters: Iterable[str]) -> str:
    """Name characters: `U+0435 CYRILLIC SMALL LETTER IE`."""
    return ", ".join(_named(characters))


def _named(characters: Iterable[str]) -> Iterator[str]:
    return (f"U+{ord(each):04X} {name_of(each, '')}".rstrip() for each in characters)
