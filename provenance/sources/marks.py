"""Markup that was pasted into plain text: clear HTML tags, entities, Markdown emphasis and links become their words.

Only what is clearly markup goes; `2 * 3 * 4`, `a < b` and `snake_case` stay. Every pattern is linear.
"""

from __future__ import annotations

import html
import re

_INLINE = "a|abbr|b|big|cite|code|del|em|font|i|ins|kbd|mark|q|s|small|span|strike|strong|sub|sup|tt|u"
_BLOCK = "article|blockquote|div|figcaption|figure|h[1-6]|li|ol|p|section|ul"
_ATTRIBUTES = r"(?:\s+[\w:-]{1,40}(?:\s?=\s?(?:\"[^\"<>]{0,2000}\"|'[^'<>]{0,2000}'|[^\s\"'<>=]{1,500}))?){0,12}+"
_TAG = re.compile(rf"<(?P<close>/?)(?P<name>{_INLINE}|{_BLOCK}){_ATTRIBUTES}\s?>", re.IGNORECASE)
_BREAK = re.compile(rf"<(?:br|hr){_ATTRIBUTES}\s?/?>", re.IGNORECASE)
_IS_BLOCK = re.compile(_BLOCK, re.IGNORECASE)
_COMMENT = re.compile(r"<!--[^<>]{0,5000}-->")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")

_LINK = re.compile(r"!?\[([^\[\]\n]{1,1000})\]\((?:https?://|mailto:|/|#)[^\s()]{0,2000}(?:\s\"[^\"\n]{0,300}\")?\)")
_ADDRESS = re.compile(r"<(https?://[^\s<>]{1,2000})>")
_STRONG = re.compile(r"(?<![\w*])\*\*(?=[^\s*])([^*\n]{1,4000}?)(?<=[^\s*])\*\*(?![\w*])")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,4000}?)(?<=[^\s*])\*(?![\w*])")
_STRESSED = re.compile(r"(?<![\w_])__(?=[^\s_])([^_\n]{1,2000}? [^_\n]{1,2000}?)(?<=[^\s_])__(?![\w_])")
_UNDERLINED = re.compile(r"(?<![\w_/])_(?=[^\s_])([^_\n]{1,4000}?)(?<=[^\s_])_(?![\w_])")
_CODE = re.compile(r"(?<![`\w])`([^`\n]{1,300})`(?![`\w])")
_HEADING = re.compile(r"^#{1,6} +(?=\S)", re.MULTILINE)
_QUOTED = re.compile(r"^(?:> )+|^>$", re.MULTILINE)
_MARKS = "<&*_`[#>"


def is_marked(text: str) -> bool:
    """Tell fast whether a text has any character that markup needs."""
    return any(mark in text for mark in _MARKS)


def untag(text: str) -> str:
    """Resolve HTML in a text: tags that open and close, line breaks, comments, then entities (once)."""
    if "<" in text:
        text = _BREAK.sub("\n", _COMMENT.sub("", text))
        text = _without_tags(text)
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text


def unquote(text: str) -> str:
    """Take the marks of headings and of quoted lines off their beginnings."""
    if "#" in text:
        text = _HEADING.sub("", text)
    return _QUOTED.sub("", text) if text.startswith(">") or "\n>" in text else text


def unstyle(text: str) -> str:
    """Resolve links, emphasis and code spans within each line of a text."""
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    if "<http" in text:
        text = _ADDRESS.sub(r"\1", text)
    if "*" in text:
        text = _EMPHASIS.sub(r"\1", _STRONG.sub(r"\1", text))
    if "_" in text:
        text = _UNDERLINED.sub(r"\1", _STRESSED.sub(r"\1", text))
    return _CODE.sub(r"\1", text) if "`" in text else text


def _without_tags(text: str) -> str:
    """Drop the tags whose name both opens and closes somewhere; one that stands alone may be meant."""
    found = [(match["name"].lower(), bool(match["close"])) for match in _TAG.finditer(text)]
    paired = {name for name, closes in found if not closes} & {name for name, closes in found if closes}

    def words(match: re.Match[str]) -> str:
        if match["name"].lower() not in paired:
            return match[0]
        return "\n\n" if _IS_BLOCK.fullmatch(match["name"]) else ""

    return _TAG.sub(words, text) if paired else text
