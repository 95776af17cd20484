"""Canonical text: what of a document is compared, with nothing visible lost and nothing invisible kept.

Headline, blank line, paragraphs parted by one blank line; NFC, LF, no control or invisible characters, one final
newline. Spans are offsets in code points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import is_normalized, normalize

from provenance.model import Span

# scripts in which ZWNJ and ZWJ are spelling, not noise: Arabic (Persian, Urdu) and kin, Indic, Khmer, Mongolian
_JOINING = "\u0600-\u086f\u08a0-\u0dff\u1000-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc"
_HAN = "\u2e80-\u2fdf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_EMOJI = "#*0-9\u00a9\u00ae\u203c\u2049\u2122-\u3299\U0001f000-\U0001faff"
_SELECTOR = "\ufe00-\ufe0f\U000e0100-\U000e01ef"

_KEPT = (
    f"(?P<kept>\U0001f3f4[\U000e0020-\U000e007e]{{1,16}}\U000e007f"  # the flags of England, Scotland, Wales
    f"|[{_EMOJI}](?:\ufe0f\u20e3?|\ufe0e)(?![{_SELECTOR}])(?:\u200d(?=[{_EMOJI}]))?"
    f"|[{_EMOJI}][\U0001f3fb-\U0001f3ff]?\u200d(?=[{_EMOJI}])"
    f"|[{_HAN}][{_SELECTOR}](?![{_SELECTOR}])"
    f"|[{_JOINING}][\u180b-\u180f\u200c\u200d](?![\u200c\u200d]))"
)
# what a reader cannot see: soft hyphen, zero width, bidi controls, selectors, tags, non-characters
_UNSEEN = (
    "\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\ufffe\uffff"
    f"{_SELECTOR}\U0001d173-\U0001d17a\U000e0000-\U000e007f"
)
_CONTROL = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
_BREAK = "\x0b\x0c\r\x85\u2028\u2029"
_BLANK = "\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u2800\u3000\u3164\uffa0"
# marks that ordinary typesetting leaves behind: their removal tells of nothing
_HARMLESS = frozenset("\u00ad\u061c\u200e\u200f\ufeff\u180b\u180c\u180d\u180f\u2060\ufffc")

# what str.isprintable lets through although nobody sees it
_SLY = "\u034f\u180b\u180c\u180d\u180f\u2800\u3164\uffa0\ufffc" + "".join(map(chr, range(0xFE00, 0xFE10)))
_SLY_ASTRAL = "\U000e0100".encode()[:2]
_PLAIN = b"\n" + bytes(range(32, 127))
_DROPPED = re.compile(f"{_KEPT}|[{_UNSEEN}{_CONTROL}]+")
_BREAKS = re.compile(f"\r\n|[{_BREAK}]")
_BLANKS = re.compile(f"[{_BLANK} ]+")
_SPACES = re.compile("  +")
_PARTLESS = "0-9A-Za-z\u00c0-\u024f\u0370-\u052f"
_HIDING = re.compile(f"(?<![{_PARTLESS}])[{_PARTLESS}]+(?:[{_UNSEEN}]+[{_PARTLESS}]+)+")
_INVISIBLE = re.compile(f"[{_UNSEEN}]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def clean(text: str) -> str:
    """Give the text in NFC with LF line ends and single spaces, without a character that a reader cannot see.

    Joiners that spell (Persian, Indic, emoji) stay; lone surrogates become U+FFFD.
    """
    if _is_clean(text):
        return _SPACES.sub(" ", text) if "  " in text else text
    text = _BLANKS.sub(" ", text)  # most often a few no-break spaces are all
    if _is_clean(text):
        return text
    text = normalize("NFC", _SURROGATES.sub("\ufffd", _BREAKS.sub("\n", text)))
    # what is taken out can part a letter from its marks, or a mark from what kept it: so until nothing changes
    while (shorter := normalize("NFC", _DROPPED.sub(lambda found: found["kept"] or "", text))) != text:
        text = shorter
    return _BLANKS.sub(" ", text)


def _is_clean(text: str) -> bool:
    """Tell fast, mostly in C, whether there is nothing to take out: on clean text this is all the work."""
    try:
        rest = text.encode().translate(None, _PLAIN)
    except UnicodeEncodeError:
        return False
    if not rest:
        return True
    unusual = rest.decode()
    sly = _SLY_ASTRAL in rest or any(map(unusual.__contains__, _SLY))
    return unusual.isprintable() and not sly and is_normalized("NFC", text)


def hidden(text: str) -> int:
    """Count the invisible characters that `clean` takes out and that ordinary typesetting does not leave behind."""
    if _is_clean(text) or _is_clean(_BLANKS.sub(" ", text)):
        return 0
    runs = (found[0] for found in _DROPPED.finditer(text) if not found["kept"])
    return sum(1 for run in runs for character in run if character not in _HARMLESS and character > "\x9f")


def hidden_words(text: str) -> Iterator[str]:
    """Yield the words that such a character stands inside of, with it, in order.

    Only in scripts in which nothing stands between the letters of a word; beside a word it may be a page's layout.
    """
    return (found[0] for found in _HIDING.finditer(text) if _is_sly(found[0]))


def _is_sly(word: str) -> bool:
    return not _HARMLESS.issuperset(_INVISIBLE.findall(word))


def canonical(headline: str, body: str) -> str:
    """Give the canonical text of a headline, which may be empty, and a plain-text body.

    Every line of the body that is not blank is a paragraph: a caller joins hard wraps first. A first paragraph that
    repeats the headline is not doubled. Gives "" where there is no text at all.
    """
    lines = [line for line in map(str.strip, clean(body).split("\n")) if line]
    title = " ".join(clean(headline).split())
    if title and (not lines or lines[0] != title):
        lines.insert(0, title)
    return "\n\n".join(lines) + "\n" if lines else ""


def paragraphs(text: str) -> list[Span]:
    """Give the span of every paragraph of a canonical text, the headline's included, without line ends."""
    spans, start = [], 0
    for part in text.split("\n\n"):
        if body := part.rstrip("\n"):
            spans.append((start, start + len(body)))
        start += len(part) + 2
    return spans


def line_of(text: str, offset: int) -> int:
    """Give the number of the line, from 1, on which an offset stands."""
    return text.count("\n", 0, offset) + 1
