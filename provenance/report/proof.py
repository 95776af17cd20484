"""What each rule of a verdict proves and what it does not, in one line."""

from __future__ import annotations

_PROOF = (
    ("has the words as they", "these words stand in the copy, between the same neighbours"),
    ("has the signs as they", "that sign or letter stands there; not that anybody was misled"),
    ("has the word as it", "that sign or letter stands there; not that anybody was misled"),
    (
        "has the figure as it",
        "a sentence about the same thing has that value; not that no other figure is meant",
    ),
    ("has both figures", "both stand there; not which of them the copy holds to be right"),
    ("says ", "the word stands with its noun; not what the rest of the copy says of it"),
    ("names it without", "the word is not with its noun; not that it stands nowhere in the copy"),
    ("has the words that", "most words of one wording alone stand in the sentence; not their order"),
    ("tells the sentence without", "the sentence is told; not that the point is made nowhere else"),
    ("has the words without the one who", "the words stand there, and no sign of who now says them"),
    ("tells what was added", "a share of what is new stands there, and in nothing else of the article; not all of it"),
    ("tells the addition", "a share of what is new stands there, and in nothing else of the article; not all of it"),
    ("still has what was taken out", "a share of it stands there, and in nothing else of the article; not all of it"),
    ("has the passage beside it and lacks", "the paragraph beside it is there and the passage is not"),
    ("has the passage", "the sentences stand there, in that order"),
    (
        "of the article and lacks",
        "so much was taken over that it could be expected; not that it was left out knowingly",
    ),
    ("still runs an article", "the article's sentences stand there"),
    ("its own notice tells of it", "a note of the copy has what is new; not that its body says so too"),
    ("too far from both wordings", "nothing: read the two side by side"),
    ("has something of what", "nothing: read the two side by side"),
    ("retells the article", "nothing: read the two side by side"),
    ("tells something near it", "nothing: read the two side by side"),
    ("in other words, nearer to", "the sentence is more alike to one wording; not that it contradicts the other"),
)
_PREFIXES = {
    "known from the notice alone: ": "the words before are known from the notice only, nobody has seen them",
    "found by its meaning: ": "the sentence was found by what it means, not by its words",
}


def proves(reason: str) -> str:
    """Give the line of a rule, "" for one that says that nothing is out of date."""
    rule, before = reason, []
    for prefix, line in _PREFIXES.items():
        if rule.startswith(prefix):
            rule = rule.removeprefix(prefix)
            before.append(line)
    found = next((line for words, line in _PROOF if rule.startswith(words) or f"% {words}" in rule), "")
    return "; ".join([found, *before]) if found else ""
