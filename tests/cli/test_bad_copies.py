"""Copies made to cost, to confuse or to evade: through the commands, no crash, and nobody accused without proof."""

from __future__ import annotations

import json
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from inside import ARTICLE, TEXT, Prov

COPY = "https://mirror.example/a"
REST = "\n".join(f"\nPassenger number {n} told the court of cabin {n * 7} and of door {n * 13}.\n" for n in range(20))
OLD = TEXT + REST
NEW = OLD.replace("Three", "Two")
MEGABYTE = 1_050_000
LESS = MEGABYTE // 4
"""For what costs more a sign: tests/engine/test_growth.py holds how the cost grows."""


def letters(alphabet: str, size: int) -> str:
    """Make up words of six letters."""
    maker = random.Random(2)
    return " ".join("".join(maker.choices(alphabet, k=6)) for _ in range(size // 7))


COPIES = {
    "one word": "word " * (MEGABYTE // 5),
    "one word a line": "word.\n\n" * 10_000,
    "random letters": letters("abcdefghij", LESS),
    "no spaces": letters("abcdefghij", LESS).replace(" ", ""),
    "another script": letters("абвгдежзик", LESS // 2),
    "Han": letters("".join(map(chr, range(0x4E00, 0x5400))), LESS // 6).replace(" ", ""),
    "ten thousand short lines": "\n\n".join(f"line {n} of it" for n in range(10_000)),
    "figures": "1,2.3 " * (LESS // 6),
}


def judged(prov: Prov, world: Path, copy: str, new: str = NEW) -> tuple[str, list[str], list[str]]:
    """Store a copy of an article that was corrected; give its state, its standings and its flags."""
    for name, words, modified in (("old", OLD, "2025-03-05T09:12Z"), ("new", new, "2025-03-06T09:12Z")):
        (world / f"{name}.txt").write_text(words)
        assert 0 == prov("ingest", f"{name}.txt", "--url", ARTICLE, "--modified", modified).code
    (world / "copy.txt").write_text(copy)
    ran = prov("ingest", "copy.txt", "--url", COPY, "--copy-of", ARTICLE, "--observed", "2025-03-07T09:12Z")
    assert (0, "") == (ran.code, ran.err)
    return shown(prov)


def shown(prov: Prov) -> tuple[str, list[str], list[str]]:
    """Give what the status says of the copy: its state, the states of its standings, its flags."""
    [copy] = json.loads(prov("status", ARTICLE, "--format", "json").out)["articles"][0]["copies"]
    return copy["state"], [each["state"] for each in copy["standings"]], copy.get("flags", [])


@pytest.mark.slow
@pytest.mark.parametrize("copy", COPIES.values(), ids=COPIES)
def test_a_text_that_has_nothing_of_the_article_misses_nothing(prov: Prov, world: Path, copy: str) -> None:
    """A megabyte of it is stored, judged, explained and laid beside the article; it is not accused, nor suspected."""
    state, standings, flags = judged(prov, world, copy)

    assert "behind" != state
    assert not {"missing", "partial"} & set(standings)
    assert [] == flags
    for command in (
        ["status"],
        ["explain", COPY],
        ["diff", "--copy", COPY],
        ["diff", "--copy", COPY, "--format", "json"],
    ):
        ran = prov(*command)
        assert (0, "") == (ran.code, ran.err)


@pytest.mark.slow
@pytest.mark.parametrize(("words", "state"), [(OLD, "behind"), (NEW, "current")])
def test_a_megabyte_of_the_article_is_a_copy_of_it(prov: Prov, world: Path, words: str, state: str) -> None:
    """The article again and again is behind, or not, as one of it would be."""
    assert state == judged(prov, world, (words + "\n") * (MEGABYTE // len(words)))[0]
    assert f"{state}: 2{int(words == NEW) + 1} alike" in prov("diff", "--copy", COPY).out


@pytest.mark.parametrize(
    "disguise",
    [
        pytest.param(lambda text: text.translate(str.maketrans("aeopcT", "аеорсТ")), id="Cyrillic"),
        pytest.param(lambda text: text.translate(str.maketrans("aovTA", "αονΤΑ")), id="Greek"),
        pytest.param(lambda text: text.replace("e", "e\u200b").replace("w", "w\u200d"), id="zero width"),
    ],
)
@pytest.mark.parametrize(("words", "state"), [(OLD, "behind"), (NEW, "current")])
def test_a_disguise_changes_no_verdict(prov: Prov, world: Path, words: str, state: str, disguise: object) -> None:
    """The old text is behind and the new one current, found by its words alone; both are suspected."""
    assert callable(disguise)
    found = judged(prov, world, disguise(words))
    assert (state, ["evasion-suspected"]) == (found[0], found[2])


@pytest.mark.parametrize("mark", ["\u00ad", "\u2060"])
def test_what_typesetting_leaves_behind_is_no_evasion(prov: Prov, world: Path, mark: str) -> None:
    """Soft hyphens and word joiners inside words are seen through and suspected of nothing (bad input 32)."""
    assert ("behind", []) == judged(prov, world, OLD.replace("people", f"peo{mark}ple").replace("ee", f"e{mark}e"))[::2]


@pytest.mark.slow
@pytest.mark.parametrize(("place", "size"), [("one passage", 500), ("passages in turn", 100)])
def test_a_copy_of_an_article_of_hundreds_of_revisions(prov: Prov, world: Path, place: str, size: int) -> None:
    """Only the last change of each passage counts against a copy of the first revision, and none against the last."""
    paragraphs = [f"Some {100 + n} people from place {n} were there, the court was told by {n} men." for n in range(20)]
    start = datetime(2025, 3, 5, tzinfo=UTC)
    drafts = []
    texts = []
    for n in range(size):
        at = n % 20 if place == "passages in turn" else 7
        if n:
            paragraphs[at] = f"Some {1000 + n} people from place {at} were there, the court was told by {at} men."
        texts.append("\n\n".join(paragraphs))
        time = (start + timedelta(minutes=n)).isoformat()
        drafts.append({"url": ARTICLE, "headline": "H", "body": texts[n], "modified_at": time, "observed_at": time})
    for name, n in (("first", 0), ("last", size - 1)):
        url = f"https://mirror.example/{name}"
        seen = "2025-04-01T00:00:00Z"
        drafts.append({"url": url, "headline": "H", "body": texts[n], "copy_of": ARTICLE, "observed_at": seen})

    assert 0 == prov("ingest", "-", feed="\n".join(map(json.dumps, drafts)).encode()).code

    copies = json.loads(prov("status", ARTICLE, "--format", "json").out)["articles"][0]["copies"]
    states = {each["url"].rsplit("/")[-1]: each for each in copies}
    lacking = [each for each in states["first"]["standings"] if each["state"] in {"missing", "partial"}]
    assert (20 if place == "passages in turn" else 1) >= len(lacking) > 0
    assert "behind" == states["first"]["state"]
    assert "current" == states["last"]["state"]
