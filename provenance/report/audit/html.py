"""The report as one HTML page: no script, nothing loaded from elsewhere, written chapter by chapter."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from provenance.model import CopyState, Kind, Mark, State
from provenance.model.audits import Audit, Chapter
from provenance.report.audit import (
    changes,
    curves,
    folded,
    markup,
    measured,
    passages,
    requests,
    telling,
    timeline,
    told,
)
from provenance.report.audit.foreign import shortener
from provenance.report.audit.matrix import matrix
from provenance.report.audit.quiet import is_quiet, quiet
from provenance.report.audit.record import proofs
from provenance.report.audit.together import shelves

FIRST = 10
"""So many articles stand under the answer; the contents have them all."""
PUBLISHERS = 60
"""So many publishers have a filter, those with the most articles."""
_STYLES = ("report.css", "print.css")
_POLICY = "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'"


def stream(audit: Audit) -> Iterator[str]:
    """Yield the page in parts; only the front and an index of who is behind stay in memory."""
    templates = _environment()
    publishers = _publishers(audit)
    style = _style(len(publishers))
    digest = b64encode(sha256(style.encode()).digest()).decode()
    inline = Markup(style)  # noqa: S704 - our own, and numbers
    front = {
        "audit": audit,
        "publishers": publishers,
        "style": inline,
        "policy": _POLICY.format(digest),
        "first": FIRST,
    }
    yield templates.get_template("front.html").render(front)
    page = templates.get_template("chapter.html")
    index: dict[str, list[Behind]] = defaultdict(list)
    for n, chapter in enumerate(audit.chapters(), 1):
        classes = told.classes(audit.entries[n - 1], publishers)
        if is_quiet(chapter):
            yield quiet(chapter, classes)
        else:
            yield page.render(chapter=chapter, n=n, classes=classes)
        _enter(index, n, chapter)
    yield templates.get_template("back.html").render(audit=audit, index=sorted(index.items()))


@dataclass(frozen=True, slots=True)
class Behind:
    """A copy that is behind, as the index names it: the number of its article's chapter, and where its evidence is."""

    chapter: int
    anchor: str
    headline: str


def _enter(index: dict[str, list[Behind]], n: int, chapter: Chapter) -> None:
    article = chapter.history.article
    for each in chapter.exhibits:
        if each.copy.state is CopyState.BEHIND:
            anchor = f"c-{article.id}-{each.copy.article}"
            index[telling.name(each.article)].append(Behind(n, anchor, article.headline or article.url))


def _publishers(audit: Audit) -> dict[str, int]:
    """Give numbers to the publishers that have a filter, the one with the most articles first."""
    found = Counter(telling.name(each.article) for each in audit.entries)
    ranked = sorted(found, key=lambda name: (-found[name], name))[:PUBLISHERS]
    return {name: n for n, name in enumerate(ranked)} if len(found) > 1 else {}


def _style(publishers: int) -> str:
    folder = files(__package__) / "templates"
    parts = [path.read_text("utf-8") for name in _STYLES if (path := folder / name).is_file()]
    parts += [f"#by-{n}:target~* .e:not(.p{n}),#by-{n}:target~.e:not(.p{n}){{display:none}}" for n in range(publishers)]
    return "\n".join(parts)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader(__package__),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=markup.shown,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    for module in (markup, measured, requests, telling, told):
        known = {name: each for name, each in vars(module).items() if callable(each) and name.islower()}
        made.globals |= known
        made.filters |= known  # the same, called without a context: much quicker
    made.globals |= {
        "Kind": Kind,
        "Mark": Mark,
        "State": State,
        "CopyState": CopyState,
        "KINDS": telling.KINDS,
        "STATES": telling.STATES,
        "COPIES": telling.COPIES,
        "matrix": matrix,
        "proofs": proofs,
        "timeline": timeline.timeline,
        "shelves": shelves,
        "turns": timeline.turns,
        "folded": folded.folded,
        "cut": folded.cut,
        "around": folded.around,
        "passages": passages.passages,
        "changes": changes.changes,
        "sentences": changes.sentences,
        "drawing": curves.drawing,
        "spreads": curves.spreads,
    }
    made.filters |= {"short": shortener(320), "brief": shortener(90), "label_of": shortener(28)}
    return made
