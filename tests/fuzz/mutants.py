"""Documents that were once sound: seeds from a folder, changed in ways that readers trip over."""

# ruff: noqa: E501 - a list of fragments reads by its kinds
from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

SEEDS = Path(__file__).resolve().parent / "seeds"
LONGEST = 30_000
"""Characters of a case at most: what grows with the square shows in fewer."""

FRAGMENTS = (
    # characters
    *"\x00 \x07 \x1b[2J \x7f \x85 \x9b \xa0 \xad \u0301 \u034f \u061c \u200b \u200d \u202e \u2028 \u2066 \u2800 \u3000 \u3164".split(" "),
    *"\ufe0f \ufeff \ufffc \ufffd \uffff \U0001f468\u200d\U0001f469 \U0001f3f4\U000e0067\U000e007f \U000e0041 \U0010ffff".split(" "),
    *"é e\u0301 ﬁ İ ß ſ Å ά 각 ٤٢ ½ x² Тhree 𝐓𝐡𝐫𝐞𝐞 क्ष ไทย 港湾 الميناء שלום".split(" "),
    "\n", "\r\n", "\r", "\t", " ", "\n\n", "-\n", " " * 50, "\n" * 20, "  \n",
    # HTML
    *"< > <p> </p> <b> <br> <!-- --> <script> </script> <style> <svg> <math> <template> <table> <td> <title> <select> <textarea>".split(" "),
    *"</div> <div> <article> </article> <body> </html> <del> <ins> <noscript> <plaintext> <![CDATA[ ]]> <?xml <!DOCTYPE".split(" "),
    *"&amp; &lt &#0; &#xD800; &#x110000; &#55357;&#56832; &nbsp; &NotEqualTilde; &#x202e; & &# &#x".split(" "),
    "<p hidden>", "<p style='display:none'>", '<a href="', "<p class=correction>", "<base href='x'>", "<meta charset=utf-16>",
    # Markdown, YAML
    *"--- ... *** ** * _ __ ~~ ` ``` # ## > >> - 1. | [ ]( ![ [^1]: \\ === === <http://x> : &a *a !!str !x { } , ? | @ % ' \"".split(" "),
    "\n---\n", "\n> ", "\n    ", "\n\t", "\n- ", "\n| a | b |\n|--|--|\n", "title: ", "url: ", "date: 2025-13-45\n",
    # JSON, TOML
    *"{} [] null true NaN Infinity 1e999 -0 \\ud800 \\u0000 \\ \" [[ ]] = '''".split(" "), '"""', "1" * 5000, "[" * 300, "9" * 25,
    # words of news
    *"Correction: UPDATE (Corrects said not instead of [ “ ” ‘ ’ « » „ … – — € £42m 12% 1,800 1.800.000 p.m. 3/2/2025 2099 U.S.".split(" "),
    "An earlier version of this article ", "By ", "Original url: https://x.example/", "訂正：", "http://", "javascript:", "file:///etc/passwd",
    "=1+1", "%s%n", "{{7*7}}", "../", "::error::", "$(id)",
)  # fmt: skip
"""What a reader trips over, put in anywhere."""

ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, 10**30, -(10**30), "", " ", "x", "\x00", "\x1b[2J\u202e", "\ud800", "\udcff", [], {}, [None], {"": ""},
    [[[[]]]], "x" * 3000, "2025-03-04", "2025-03-04T09:12Z", "9999-12-31T23:59:59-23:00", "https://x.example/", "javascript:x",
    "0123456789abcdef", "a" * 64, "correction", "auto", "../x", [0, 1], [-5, 99999], [1, 0], {"a": [1, {"b": None}]},
)  # fmt: skip
"""Values that stand where another was expected."""


def seed(name: str) -> str:
    """Read a seed."""
    return (SEEDS / name).read_text(encoding="utf-8")


@st.composite
def mutated(draw: st.DrawFn, *names: str) -> str:
    """Give a seed of one of these names, cut, doubled, moved and filled with fragments in up to eight places."""
    text = seed(draw(st.sampled_from(names)))
    for _ in range(draw(st.integers(0, 8))):
        a, b = sorted((draw(st.integers(0, len(text))), draw(st.integers(0, 40))))
        at, length = (a, b - a) if b < len(text) else (min(a, len(text)), 8)
        match draw(st.integers(0, 5)):
            case 0:
                text = text[:at] + draw(st.sampled_from(FRAGMENTS)) + text[at:]
            case 1:
                text = text[:at] + text[at + length :]
            case 2:
                text = text[:at] + text[at : at + length] * draw(st.sampled_from((2, 3, 30))) + text[at + length :]
            case 3:
                to = draw(st.integers(0, len(text)))
                text = text[:to] + text[at : at + length] + text[to:]
            case 4:
                text = text[:at] + draw(st.text(max_size=10)) + text[at + 1 :]
            case _:
                text = text[:at] if draw(st.booleans()) else text[at:]
        text = text[:LONGEST]  # or it grows thirtyfold, again and again
    return text


@st.composite
def damaged(draw: st.DrawFn, *names: str) -> bytes:
    """Give the same as bytes, in some encoding, with bytes that are none of it."""
    text = draw(mutated(*names))
    codec = draw(st.sampled_from(("utf-8",) * 6 + ("utf-8-sig", "utf-16", "cp1252", "shift_jis", "utf-32-be")))
    data = text.encode(codec, "surrogatepass" if codec.startswith("utf") else "replace")
    for _ in range(draw(st.sampled_from((0, 0, 0, 1, 3)))):
        at = draw(st.integers(0, len(data)))
        data = data[:at] + draw(st.binary(max_size=4)) + data[at + draw(st.integers(0, 3)) :]
    return data


@st.composite
def restructured(draw: st.DrawFn, name: str) -> Any:  # noqa: ANN401 - any JSON
    """Give the value of a JSON seed with up to four of its parts exchanged, taken out, or put in."""
    value = json.loads(seed(name))
    for _ in range(draw(st.integers(1, 4))):
        places = list(_places(value))
        if not places:
            break
        holder, key = draw(st.sampled_from(places))
        match draw(st.integers(0, 3)):
            case 0:
                del holder[key]
            case 1:
                holder[key] = copy.deepcopy(draw(st.sampled_from(places))[0])
            case _:
                holder[key] = copy.deepcopy(draw(st.sampled_from(ODD)))
    return value


def _places(value: Any) -> Any:  # noqa: ANN401 - any JSON
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in list(parts):
        yield value, key
        yield from _places(part)
