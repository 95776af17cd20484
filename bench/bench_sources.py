"""How long it takes to turn a text draft of 6 KB into a canonical one, and a page, in CPU time.

    python bench/bench_sources.py

The goal for a clean text draft is 0.25 ms, JSON included; `json` alone is printed to compare with.
"""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable

from provenance.engine import fields, text
from provenance.sources import READERS, Options, drafts

_SENTENCE = "The council said on Monday that the lease of the harbour would run for {} years, longer than any before."
_ROUNDS = 300


def article(paragraphs: int = 18) -> str:
    """Make up a story of about 6 KB."""
    return "\n\n".join(" ".join(_SENTENCE.format(n * 7 + i) for i in range(3)) for n in range(paragraphs))


def cost(work: Callable[[], object]) -> float:
    """Give the CPU milliseconds of one call: the middle one of many."""
    took = []
    for _ in range(_ROUNDS):
        begin = time.process_time_ns()
        work()
        took.append(time.process_time_ns() - begin)
    return sorted(took)[_ROUNDS // 2] / 1e6


def line(body: str) -> bytes:
    """Give the draft line of a body."""
    row = {"url": "https://courier.example/a", "publisher": "Courier", "headline": "A lease", "byline": "A. B."}
    return json.dumps({**row, "body": body, "modified_at": "2025-03-04T09:12:00Z"}).encode()


def main() -> None:
    """Print one figure a line."""
    plain = article()
    curly = plain.replace("The council", "“The council”")
    page = "<html><body><article><h1>A lease</h1>" + "".join(f"<p>{part}</p>" for part in plain.split("\n\n"))
    options = Options()
    print(f"text of {len(plain):,} characters, milliseconds of CPU")
    spaced = plain.replace("on Monday", "on\u00a0Monday")
    for name, body in (("ASCII", plain), ("curly quotes", curly), ("no-break spaces", spaced)):
        packed = line(body)
        print(f"  clean           {name:16} {cost(lambda body=body: text.clean(body)):7.3f}")
        print(f"  canonical       {name:16} {cost(lambda body=body: text.canonical('', body)):7.3f}")
        print(f"  masthead        {name:16} {cost(lambda body=body: fields.masthead(body)):7.3f}")
        print(f"  json            {name:16} {cost(lambda packed=packed: json.loads(packed)):7.3f}")
        read = cost(lambda packed=packed: list(drafts.stream(io.BytesIO(packed), options, "bench", None)))
        print(f"  a draft line    {name:16} {read:7.3f}")
    print(f"  a Markdown body {'':16} {cost(lambda: READERS['markdown'](plain.encode())):7.3f}")
    print(f"  a page          {'':16} {cost(lambda: READERS['html'](page.encode())):7.3f}")


if __name__ == "__main__":
    main()
