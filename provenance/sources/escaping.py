"""Escaping: words written so that a format reads them as these words and nothing else."""

from __future__ import annotations

import html
import json
import re
import textwrap
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from provenance.engine.patching.merging import folded
from provenance.engine.words import dense, tokens

_MARKS = re.compile(r"([\\`*\[\]<])|(?<!\w)_|_(?!\w)|&(?=#?\w+;)|~~")
_OPENING = re.compile(r"(#{1,6}(?=\s)|>|[-+](?=\s)|=|\|)")
_NUMBER = re.compile(r"(\d{1,9})([.)])(?=\s)")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)\b[^<>]*?(/?)>")
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_VALUE = re.compile(r"^[ \t]*[\w-]+[ \t]*:[ \t]*([\"']?)")
_FRONT = re.compile(r"\A\ufeff?\s*---[ \t]*\r?\n.*?^---[ \t]*\r?$", re.MULTILINE | re.DOTALL)
_BODY = re.compile(r"\A.*?(?=<body\b)", re.IGNORECASE | re.DOTALL)
_WRAPPED = (40, 100)
"""Columns between which lines are taken for wrapped by a program or by a careful hand."""


@dataclass(frozen=True, slots=True)
class Form:
    """How an article is written in its file: `text`, `markdown` or `html`, in a string of JSON or not, where.

    `front` is where its front matter ends, or the head of its page. `item` says which article of a file that holds
    several. `ascii` is a file of JSON that escapes all other letters.
    """

    kind: str
    json: bool = False
    line_end: str = "\n"
    front: int = 0
    ascii: bool = False
    item: str = ""


def escaped(words: str, form: Form, source: str, at: int) -> str:
    """Write words for a place in the file."""
    if form.kind == "markdown" and not form.json and at < form.front:
        return _in_yaml(words, source, at)
    return _coded(_inline(words, form), form)


def block(words: str, form: Form) -> str:
    """Write a paragraph of text or Markdown, without the line ends around it."""
    made = _inline(words, form)
    if form.kind == "markdown":
        made = _NUMBER.sub(r"\1\\\2", made, count=1) if _NUMBER.match(made) else made
        made = f"\\{made}" if _OPENING.match(made) else made
    return _coded(made, form)


def element(words: str, form: Form) -> str:
    """Write a paragraph of HTML."""
    return _coded(f"<p>{_inline(words, form)}</p>", form)


def _inline(words: str, form: Form) -> str:
    if form.kind == "html":
        return html.escape(words, quote=False)
    if form.kind == "markdown":
        return _MARKS.sub(lambda mark: "".join("\\" + sign for sign in mark[0]), words)
    return words


def _coded(words: str, form: Form) -> str:
    return json.dumps(words, ensure_ascii=form.ascii)[1:-1] if form.json else words


def _in_yaml(words: str, source: str, at: int) -> str:
    start = source.rfind("\n", 0, at) + 1
    found = _VALUE.match(source[start:at])
    quote = found[1] if found else ""
    if quote == '"':
        return words.replace("\\", "\\\\").replace('"', '\\"')
    return words.replace("'", "''") if quote else words


def is_plain(written: str, words: str) -> bool:
    """Tell whether what is written in a file are some words and nothing else, but for escapes."""
    if "<" in written or "](" in written:
        return False
    shown = html.unescape(re.sub(r"\\([^\w\s])", r"\1", written))
    if "\\u" in shown or "\\n" in shown:
        shown = re.sub(r"\\u([0-9a-fA-F]{4})", lambda code: chr(int(code[1], 16)), shown).replace("\\n", " ")
    return _keys(shown) == _keys(words)


def _keys(text: str) -> list[str]:
    return [folded(token) for token in tokens(text) if not token.isspace()]


def is_balanced(written: str) -> bool:
    """Tell whether a piece of a file opens and closes its markup itself."""
    waiting: list[str] = []
    for tag in _TAG.finditer(written):
        name = tag[2].lower()
        if tag[3] or name in _VOID:
            continue
        if not tag[1]:
            waiting.append(name)
        elif not waiting or waiting.pop() != name:
            return False
    signs = Counter(re.sub(r"\\.|<[^<>]*>", "", written))
    pairs = all(signs[a] == signs[b] for a, b in ("[]", "()"))
    return not waiting and pairs and all(signs[sign] % 2 == 0 for sign in "*`")


def width(source: str) -> int:
    """Give the columns that the lines of a file are wrapped at, 0 for one that is not."""
    lines = source.split("\n")
    inner = [len(above.rstrip()) for above, below in pairwise(lines) if above.strip() and below.strip()]
    longest = max(map(len, lines), default=0)
    if len(inner) < 3 or not _WRAPPED[0] <= longest <= _WRAPPED[1] or dense(source):  # noqa: PLR2004 - too few to tell
        return 0
    return longest


def wrapped(words: str, columns: int, line_end: str) -> str:
    """Wrap a paragraph."""
    return line_end.join(textwrap.wrap(words, columns, break_long_words=False, break_on_hyphens=False))


def form(source: str, kind: str, *, json: bool, item: str = "") -> Form:
    """Say how an article of a kind is written in a file with this text."""
    if json:
        line_end = "\\r\\n" if "\\r\\n" in source else "\\n"
        return Form(kind, json=True, line_end=line_end, ascii=source.isascii(), item=item)
    line_end = "\r\n" if "\r\n" in source else "\n"
    found = (_FRONT if kind == "markdown" else _BODY).search(source)
    return Form(kind, line_end=line_end, front=found.end() if found else 0)
