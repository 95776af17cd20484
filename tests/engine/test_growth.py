"""How work grows with a text that was made to cost: steps are counted, so a busy machine changes nothing."""

from __future__ import annotations

import itertools
import random
import sys
from collections.abc import Callable
from types import FrameType

import pytest

from provenance.engine import updates
from provenance.engine.sides import align
from provenance.engine.standings import judge
from provenance.model import CopyState, Metadata, Revision, State

WORDS = [f"w{n}ord" for n in range(900)]


def text(paragraphs: int, seed: int = 1) -> str:
    """Make up a story of so many paragraphs."""
    maker = random.Random(seed)
    made = (" ".join(maker.choices(WORDS, k=12)).capitalize() + "." for _ in range(paragraphs))
    return "\n\n".join(("Ferry sinks off Tarn", "Three people died on Tuesday, police said.", *made)) + "\n"


OLD = text(15)
NEW = OLD.replace("Three", "Two")
CYRILLIC = str.maketrans("aeopcT", "аеорсТ")


def letters(n: int, alphabet: str) -> str:
    """Make up words of six letters."""
    maker = random.Random(2)
    return " ".join("".join(maker.choices(alphabet, k=6)) for _ in range(n // 7))


MADE: dict[str, Callable[[int], str]] = {
    "one word": lambda n: "word " * (n // 5),
    "one word a line": lambda n: "word.\n\n" * (n // 7),
    "random letters": lambda n: letters(n, "abcdefghij"),
    "another script": lambda n: letters(n, "абвгдежзик"),
    "no spaces": lambda n: letters(n, "abcdefghij").replace(" ", ""),
    "Han": lambda n: letters(n // 3, "".join(map(chr, range(0x4E00, 0x5400)))).replace(" ", ""),
    "short lines": lambda n: "\n\n".join(f"line {at} of it" for at in range(n // 15)),
    "figures": lambda n: "1,2.3 " * (n // 6),
    "look-alikes": lambda n: (OLD.translate(CYRILLIC) + "\n") * (n // len(OLD)),
    "other sentences": lambda n: "Harbour news\n\n" + text(n // 70, seed=3).split("\n\n", 2)[2],
}
"""Texts of about so many letters."""


def steps(act: Callable[[], object]) -> int:
    """Count the calls that an act makes, of Python's functions and of C's."""
    found = 0

    def count(frame: FrameType, event: str, arg: object) -> None:
        nonlocal found
        found += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        act()
    finally:
        sys.setprofile(before)
    return found


def revision(words: str, n: int = 0, site: str = "courier") -> Revision:
    """Give a revision of an article."""
    return Revision(Metadata(f"https://{site}.example/a"), n, text=words)


def judged(copy: str) -> object:
    """Judge a copy of the corrected article."""
    revisions = [revision(OLD), revision(NEW, 1)]
    made = updates.revise(*revisions).updates
    return judge(revisions, made, revision(copy, 0, "mirror"), None, declared=True)


@pytest.mark.slow
@pytest.mark.parametrize("made", MADE.values(), ids=MADE)
@pytest.mark.parametrize(
    "act",
    [
        pytest.param(judged, id="judge"),
        pytest.param(lambda copy: updates.revise(revision(OLD), revision(copy, 1)), id="revise"),
        pytest.param(lambda copy: updates.revise(revision(text(len(copy) // 70, 5)), revision(copy, 1)), id="anew"),
        pytest.param(lambda copy: align(NEW, copy), id="align"),
    ],
)
def test_twice_the_text_is_twice_the_work(act: Callable[[str], object], made: Callable[[int], str]) -> None:
    """What a text costs grows as the text does, whatever it is made of."""
    act(made(2_000))  # patterns and vocabularies are read
    once, twice = (steps(lambda n=n: act(made(n))) for n in (30_000, 60_000))

    assert twice < 2.6 * once + 20_000


@pytest.mark.parametrize("name", [name for name in MADE if name != "look-alikes"])
def test_nobody_is_accused_for_a_text_that_is_none(name: str) -> None:
    """A text that has nothing of the article misses nothing, although it is said to be a copy."""
    revisions = [revision(OLD), revision(NEW, 1)]
    found = judge(
        revisions, updates.revise(*revisions).updates, revision(MADE[name](20_000), 0, "mirror"), None, declared=True
    )

    assert found is not None
    assert CopyState.BEHIND is not found.state
    assert not {State.MISSING, State.PARTIAL} & {each.state for each in found.standings}


@pytest.mark.slow
def test_a_copy_is_judged_against_five_hundred_revisions() -> None:
    """One passage that changed 499 times: only its last change counts, and the work grows with its revisions."""

    def judge_many(many: int) -> None:
        revisions = [revision(OLD.replace("Three", str(1000 + n)), n) for n in range(many)]
        made = [u for a, b in itertools.pairwise(revisions) for u in updates.revise(a, b).updates]
        found = judge(revisions, made, revision(revisions[3].text, 0, "mirror"), None, declared=True)
        assert found is not None
        assert [State.SUPERSEDED] * (many - 2) + [State.MISSING] == [each.state for each in found.standings]

    judge_many(10)
    once, twice = (steps(lambda many=many: judge_many(many)) for many in (125, 250))
    judge_many(500)

    assert twice < 3.5 * once
