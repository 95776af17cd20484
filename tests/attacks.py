"""Words that attack a page, put into every field of a value, and what would run in a page that fell for one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from functools import lru_cache
from itertools import product
from typing import Any, TypeVar

from lxml import html

Value = TypeVar("Value")

CORES = (
    "<script>window.hit=1</script>",
    "<ScRiPt/x>window.hit=1</sCrIpT >",
    "<img src=x onerror=window.hit=1>",
    "<svg onload=window.hit=1>",
    "<svg><animate onbegin=window.hit=1 attributeName=x dur=1s>",
    "<svg><a xlink:href=javascript:window.hit=1><text>x</text></a></svg>",
    "<math><mi xlink:href='javascript:window.hit=1'>x</mi></math>",
    "<iframe srcdoc='<script>parent.hit=1</script>'></iframe>",
    "<object data='data:text/html,<script>window.hit=1</script>'></object>",
    "<embed src=javascript:window.hit=1>",
    "<base href=https://evil.example/>",
    "<meta http-equiv=refresh content='0;url=javascript:window.hit=1'>",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<form action=https://evil.example/><button>x</button></form>",
    "<details open ontoggle=window.hit=1>",
    "<video><source onerror=window.hit=1></video>",
    "<body onpageshow=window.hit=1>",
    "<input autofocus onfocus=window.hit=1>",
    "<a href=javascript:window.hit=1>x</a>",
    "javascript:window.hit=1//",
    "JAVA\tSCRIPT:window.hit=1",
    "data:text/html,<script>window.hit=1</script>",
    "vbscript:window.hit=1",
    "https://user:pass@evil.example/<script>window.hit=1</script>",
    "{{7*7}}{% for x in ().__class__.__base__.__subclasses__() %}{% endfor %}",
    "${7*7}#{7*7}<%= 7*7 %>",
    "\u202e<script>window.hit=1</script>\u202c",
    "<script\x00>window.hit=1</script\x00>",
    "\ud83d\x1b[2J\x1b]0;x\x07<b>",
)
BREAKOUTS = (
    "{}",
    '">{}',
    "'>{}",
    '" onmouseover=window.hit=1 x="{}',
    "</title></style></textarea>{}",
    "--><!--><!-- -->{}",
    "]]>{}",
    "</ins></del></bdi></svg>{}",
    "&lt;{}&#x3c;",
    "\n\n{}\n",
)
PAYLOADS = tuple(breakout.format(core) for breakout, core in product(BREAKOUTS, map(str, CORES)))
"""300 of them."""

TAGS = frozenset(
    "html head meta title style body a header main footer nav section article h1 h2 h3 h4 p ol ul li dl dt dd b i code "
    "span bdi del ins mark blockquote div details summary table caption thead tbody tr th td figure figcaption svg g "
    "line text path desc".split()
)
"""Every element of our pages; none of them runs anything, loads anything or sends anything."""


def everywhere(value: Value, payload: str) -> Value:
    """Put a payload into every field of a value that holds words, however deep."""
    return _filled(value, payload)  # type: ignore[no-any-return]


def _filled(value: Any, payload: str) -> Any:  # noqa: ANN401 - any value there is
    if isinstance(value, Enum):
        return value
    if isinstance(value, str):
        return payload
    if isinstance(value, tuple):
        return tuple(_filled(each, payload) for each in value)
    if isinstance(value, dict):
        return {key: _filled(each, payload) for key, each in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        names = _names(type(value))
        return replace(value, **{name: _filled(getattr(value, name), payload) for name in names})
    return value


@lru_cache
def _names(sort: type) -> tuple[str, ...]:
    return tuple(each.name for each in fields(sort) if each.init)


def executable(page: str) -> Iterator[str]:
    """Name everything in a page that could run, load or send something."""
    # a lone surrogate cannot be written to a file at all
    root = html.document_fromstring(page.encode("utf-8"))
    for node in root.iter():
        if not isinstance(node.tag, str):
            yield f"a comment or instruction: {node.text}"
        elif node.tag not in TAGS:
            yield f"<{node.tag}>"
        yield from _attributes(node)
    if len(root.findall(".//style")) != 1:
        yield "another <style>"
    if [each.get("http-equiv") for each in root.iter("meta") if each.get("http-equiv")] != ["Content-Security-Policy"]:
        yield "another <meta http-equiv>"


def _attributes(node: html.HtmlElement) -> Iterator[str]:
    for name, value in node.attrib.items():
        if name.startswith("on") or name in {"style", "src", "srcdoc", "action", "formaction", "data", "xlink:href"}:
            yield f"{name}={value!r}"
        if name == "href" and not value.startswith(("#", "http://", "https://")):
            yield f"href={value!r}"
