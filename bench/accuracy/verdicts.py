"""Verdicts: what the command says of each label, by which rule, how surely, and whether it is right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from accuracy.labelled import Articles, Case, Json
from accuracy.scoring import evaluate
from provenance.engine import confidence, shares
from provenance.engine.comparison import Comparison
from provenance.model import State


@dataclass(frozen=True)
class Verdict:
    """One answer held against its label; `stated` is the confidence that came with it."""

    case: str
    manner: str
    state: str
    rule: str
    stated: float
    right: bool


def verdicts(cases: Sequence[Case], articles: Articles) -> Iterator[Verdict]:
    """Give a verdict for each label that has one: the copy was found, and so was what changed."""
    for case in cases:
        article = articles[case.url]
        touched = {each["id"]: _touched(each, article) for each in case.labels["updates"]}
        owners = Counter(update for places in touched.values() for update in {update for update, _ in places})
        copies = {each["url"]: each for each in article["copies"]}
        for each in case.labels["copies"]:
            if each["is_copy"] and each["url"] in copies:
                standings = {standing["update"]: standing for standing in copies[each["url"]]["standings"]}
                retold = _retold(article, articles[each["url"]])
                for label, truth in each["truth"].items():
                    said = _said(touched[label], owners, standings)
                    if said:
                        state, because, stated, states = said
                        rule, manner = confidence.rule(because), confidence.manner(states, retold=retold)
                        yield Verdict(case.labels["id"], manner, state, rule, stated, state == truth)


def _touched(update: Json, article: Json) -> list[tuple[str, int]]:
    """List the edits that touch a labelled update, each by the id of its update and its number."""
    texts = {each["n"]: each["text"] for each in article["revisions"]}
    n = update["revision"]
    places = [
        tuple(evaluate.locate(texts[m], each[side]) if each.get(side) else None for m, side in _sides(n))
        for each in update["edits"]
    ]
    return [
        (found["id"], edit["n"])
        for found in article["updates"]
        if found["revision"] == n
        for edit in found["edits"]
        if any(evaluate.touches(place, edit) for place in places)
    ]


def _sides(n: int) -> tuple[tuple[int, str], tuple[int, str]]:
    return (n - 1, "before"), (n, "after")


def _said(
    places: list[tuple[str, int]], owners: Counter[str], standings: dict[str, Json]
) -> tuple[str, str, float, list[State]] | None:
    """Give state, reason and confidence of an answer and its edits' states, as the published scorer folds it."""
    updates = {update for update, _ in places}
    if not updates:
        return None
    [first, *_] = updates
    if len(updates) == 1 and owners[first] == 1:
        one = standings[first]
        return one["state"], one["because"], one["confidence"], [State(each["state"]) for each in one["edits"]]
    edits = [{each["n"]: each for each in standings[update]["edits"]}[n] for update, n in places]
    state = evaluate.fold([each["state"] for each in edits])
    decisive = [each for each in edits if each["state"] == state] or edits
    surest = max(decisive, key=lambda each: each["confidence"])
    return state, surest["because"], surest["confidence"], [State(each["state"]) for each in edits]


def _retold(article: Json, copy: Json) -> bool:
    """Tell whether a copy retells, as the engine does."""
    texts = [each["text"] for each in article["revisions"]]
    comparison = Comparison(texts, copy["revisions"][-1]["text"], article.get("language") or "")
    return shares.verbatim(comparison) < shares.PARTLY_VERBATIM
