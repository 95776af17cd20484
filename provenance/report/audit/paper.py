"""The page made ready for paper: its date, and its drawings with the words and styles that a PDF takes from inside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC
from importlib import resources

from provenance.model.audits import Audit
from provenance.report.audit.foreign import direction

_DRAWN = re.compile(r"^(?:svg|\.(?:revs|lane|grid|curve|spread)\b)[^{}]*\{[^{}]*\}$", re.MULTILINE)
_OUTSIDE = re.compile(r"\.(?:curve|spread) ")
"""What stands outside of a drawing, where its styles are asked for inside."""
_VARIABLE = re.compile(r"var\(--(\w+)\)")
_VALUE = re.compile(r"--(\w+):([^;}]+)")
_OVER = "svg text{stroke:none;font-size:12px;font-family:Noto Sans,sans-serif}.halo text{stroke:#fff;stroke-width:4px}"
"""The stroke of a letter is painted over it, and `font` is not known in a drawing."""
_DRAWING = re.compile(r'<svg role="img".*?</svg>(?=\s*<(?:figcaption|details|/figure))', re.DOTALL)
_NAMED = re.compile(r"(<svg [^>]*>)\s*<title[^>]*>([^<]*)</title>(?:\s*<desc[^>]*>([^<]*)</desc>)?")
_LETTERS = re.compile(r"<text ([^>]*)>([^<]*)</text>")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_AGAIN = "<code>prov report --format {}"
"""How the command begins that gives the same bytes again: what comes from outside has no tags."""
_ASCENT = 12
"""Pixels from the top of a line to its base."""


def for_paper(pieces: Iterable[str], audit: Audit) -> Iterator[str]:
    """Give the page its date, and each drawing its words and the styles that it takes from the page in a browser."""
    style = drawing_style()
    created = f'<meta name="dcterms.created" content="{audit.now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}">'
    for piece in pieces:
        made = piece.replace("<title>", f"{created}\n<title>", 1) if "<meta charset" in piece else piece
        made = made.replace(_AGAIN.format("html"), _AGAIN.format("pdf"))
        yield _DRAWING.sub(lambda found: _drawing(found[0], style), made)


def drawing_style() -> str:
    """Give the styles of the drawings in the colours of paper."""
    folder = resources.files("provenance.report.audit").joinpath("templates")
    screen, paper = ((folder / name).read_text("utf-8") for name in ("report.css", "print.css"))
    values = dict(_VALUE.findall(screen)) | dict(_VALUE.findall(paper))
    rules = _OUTSIDE.sub("", "".join(_DRAWN.findall(screen))) + _OVER
    return _VARIABLE.sub(lambda found: values.get(found[1], "currentColor"), rules)


def _drawing(svg: str, style: str) -> str:
    """Put all that is told of a drawing where a PDF takes its words from, and its letters on white."""
    turned: list[str] = []

    def lettered(found: re.Match[str]) -> str:
        if direction(found[2]) == "rtl":
            turned.append(_beside(dict(_ATTRIBUTE.findall(found[1])), found[2]))
            return ""
        return f'<g class="halo">{found[0]}</g>{found[0]}'

    made = _LETTERS.sub(lettered, _NAMED.sub(lambda found: _named(found, style), svg, count=1))
    return "".join(turned) + made


def _named(found: re.Match[str], style: str) -> str:
    words = ". ".join(filter(None, (found[2].rstrip("."), found[3])))
    return f"{found[1]}<title>{words}</title><style>{style}</style>"


def _beside(place: dict[str, str], words: str) -> str:
    """Set letters that run from right to left over a drawing: inside it they would be set one by one, from the left."""
    x, top = place["x"], float(place["y"]) - _ASCENT
    side = f"right:{100 - float(x.rstrip('%')):g}%" if place.get("text-anchor") == "end" else f"left:{x}"
    side += "" if side.endswith("%") else "px"
    return f'<span class="over" dir="rtl" style="top:{top:g}px;{side}">{words}</span>'
