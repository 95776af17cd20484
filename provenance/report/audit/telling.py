"""An audit in sentences: the answer, how much was looked at, numbers and times as a reader takes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from provenance.model import Article, CopyState, Kind, State, Update
from provenance.model.audits import Audit, Entry, Totals
from provenance.report.naming import called

MONTHS = "January February March April May June July August September October November December".split()
STATES = {
    State.MISSING: "the copy shows the content as it was before",
    State.PARTIAL: "some of it is carried and some missing, or only the copy's own note tells of it",
    State.CARRIED: "the copy shows the content as it now stands, in whatever words",
    State.DIVERGED: "rewritten so far that it cannot be told; a person has to read it",
    State.UNSEEN: "the copy was last seen before the update came out: nothing is known of it",
    State.NOT_APPLICABLE: "the copy does not have the passage: nothing in it is out of date",
    State.SUPERSEDED: "a later update changed the same words again: only that one counts",
}
COPIES = {
    CopyState.BEHIND: "behind",
    CopyState.DIVERGED: "cannot be told",
    CopyState.UNSEEN: "not seen since",
    CopyState.CURRENT: "up to date",
    CopyState.WITHDRAWN: "taken down",
}
KINDS = {
    Kind.REFILE: "wording, spelling or layout: nothing to do",
    Kind.DEVELOPMENT: "news was added or cut; the old text was not wrong",
    Kind.CLARIFICATION: "the old text was right, and could mislead",
    Kind.CORRECTION: "the old text was wrong",
    Kind.RETRACTION: "the old text must not be used any more",
}


# --- numbers and times


def day(moment: datetime | None) -> str:
    """Give a day in UTC: `23 June 2025`."""
    if moment is None:
        return "a day that is not known"
    at = moment.astimezone(UTC)
    return f"{at.day} {MONTHS[at.month - 1]} {at.year}"


def moment(value: datetime | None) -> str:
    """Give a moment to the minute in UTC: `23 June 2025, 08:00 UTC`."""
    return f"{day(value)}, {value.astimezone(UTC):%H:%M} UTC" if value else "a time that is not known"


def brief_moment(value: datetime | None) -> str:
    """Give a moment for a table: `2025-06-23 08:00`, in UTC; `?` where it is not known."""
    return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M") if value else "?"


def stamp(value: datetime) -> str:
    """Give a moment as `--now` takes it."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def lasting(length: timedelta) -> str:
    """Give a length of time in its two largest units: `2 days 3 hours`, `40 minutes`."""
    minutes = round(length.total_seconds() / 60)
    units = ((minutes // 1440, "day"), (minutes // 60 % 24, "hour"), (minutes % 60, "minute"))
    first = next((at for at, (number, _) in enumerate(units) if number), 2)
    said = [count(number, noun) for number, noun in units[first : first + 2] if number]
    return " ".join(said) or "less than a minute"


def count(number: int, noun: str, plural: str = "") -> str:
    """Say how many: `1 copy`, `2 copies`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def copies(number: int) -> str:
    """Say how many copies."""
    return count(number, "copy", "copies")


def listed(parts: Iterable[str]) -> str:
    """Join words as a sentence lists them."""
    *most, last = list(parts) or [""]
    return f"{', '.join(most)} and {last}" if most else last


def name(article: Article) -> str:
    """Give what a person calls an article's publisher."""
    return called(article.publisher, article.url)


# --- the front


def answer(audit: Audit) -> str:
    """Give the one sentence that says how matters stand."""
    totals = audit.totals
    known = sum(totals.copies.values())
    if not totals.articles:
        scoped = audit.scope.articles or audit.scope.publishers or audit.scope.since or audit.scope.behind
        return "Nothing that is stored meets what was asked for." if scoped else "Nothing is stored yet."
    if totals.uncorrected:
        verb = "still shows" if totals.uncorrected == 1 else "still show"
        whose = f"{copies(totals.uncorrected)} of {count(totals.of, 'article')} {verb} uncorrected text"
        if totals.since is None:
            return f"{whose}."
        return f"{whose}{', ' if totals.uncorrected == 1 else '; the oldest '}since {day(totals.since)}."
    if not known:
        return f"No copies are known of {'this article' if totals.articles == 1 else 'these articles'}."
    if totals.copies.get(CopyState.BEHIND):
        return "No copy still shows uncorrected text; some lack what was added later."
    if known == totals.copies.get(CopyState.CURRENT, 0) + totals.copies.get(CopyState.WITHDRAWN, 0):
        return "Every copy that was seen is up to date."
    return "No copy was found to show uncorrected text."


def states(found: Totals | Entry) -> str:
    """Count copies by how they stand: `4 behind, 1 not seen since and 1 up to date`."""
    return listed(f"{found.copies[state]:,} {words}" for state, words in COPIES.items() if found.copies.get(state))


def scale(totals: Totals) -> str:
    """Say how much an audit looked at."""
    known = sum(totals.copies.values())
    what = f"{count(totals.articles, 'article')} in {count(totals.revisions, 'revision')}, {copies(known)}"
    return f"{what}: {states(totals)}." if known else f"{what}."


def silence(totals: Totals) -> str:
    """Say how much was changed without a word, and how much was said without a change; "" where neither was."""
    parts = []
    if silent := sum(totals.silent.values()):
        kinds = listed(count(totals.silent[kind], kind.value) for kind in reversed(Kind) if totals.silent.get(kind))
        of = sum(totals.updates.values())
        parts.append(f"{silent:,} of {count(of, 'update')} came without a notice ({kinds}).")
    if totals.unchanged:
        parts.append(f"{count(totals.unchanged, 'notice')} stand without a change that answers them.")
    if totals.unchanged == 1:
        parts[-1] = "1 notice stands without a change that answers it."
    return " ".join(parts)


def scoped(audit: Audit) -> str:
    """Say what an audit was asked for, "" where it was for all."""
    scope = audit.scope
    parts = [count(len(scope.articles), "article")] if scope.articles else []
    parts += [f"articles by {listed(scope.publishers)}"] if scope.publishers else []
    parts += [f"updates since {moment(scope.since)}"] if scope.since else []
    parts += ["copies that are behind"] if scope.behind else []
    return f"This report is limited to {'; '.join(parts)}." if parts else ""


def entry(found: Entry) -> str:
    """Say how the copies of one article stand: `1 of 3 copies behind, by a correction of 23 June 2025`."""
    known = sum(found.copies.values())
    if not found.behind:
        return f"{copies(known)}: {states(found)}" if known else "no copies are known"
    return behind_of(found) + (f" by a {found.worst.value}" if found.worst else "")


def behind_of(found: Entry) -> str:
    """Say how many copies of one article are behind, and since when: `2 of 3 copies behind, since 23 June 2025`."""
    known = sum(found.copies.values())
    whose = "its one copy behind" if known == 1 else f"{found.behind:,} of {copies(known)} behind"
    return f"{whose}, since {day(found.since)}" if found.since else whose


def again(audit: Audit, form: str) -> str:
    """Give the command that writes the same report again."""
    parts = ["prov report", *audit.scope.articles, *(f"--publisher {quoted(each)}" for each in audit.scope.publishers)]
    parts += [f"--since {stamp(audit.scope.since)}"] if audit.scope.since else []
    parts += ["--behind"] if audit.scope.behind else []
    return " ".join([*parts, f"--format {form}", f"--now {stamp(audit.now)}"])


def quoted(words: str) -> str:
    """Quote words for a shell."""
    from shlex import quote

    return quote(words)


def label(update: Update) -> str:
    """Name an update by its kind, and say where no notice discloses it: `silent correction`."""
    if update.told:
        return f"{update.kind.value} (told)"
    return update.kind.value if update.declared else f"silent {update.kind.value}"


def upper(sentence: str) -> str:
    """Begin a sentence with a capital."""
    return sentence[:1].upper() + sentence[1:]


def percent(share: float) -> str:
    """Give a share as a percentage."""
    return f"{share:.0%}"
