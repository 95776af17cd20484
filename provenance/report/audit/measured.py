"""The measures in sentences: how many copies were seen to be mended and how soon, and of how few that is said."""

from __future__ import annotations

from provenance.model.audits import Curve, Quantiles
from provenance.report.audit.telling import count, lasting

FEW = 10
"""Below so many of something, a share says little without its interval."""


def mended(curve: Curve) -> str:
    """Say of how many copies it was seen that they were mended, and how soon half of them were."""
    pairs = count(curve.pairs, "pair", "pairs") + " of a copy and an update that it had to take over"
    half = f"half of them within {lasting(curve.median)}" if curve.median is not None else "less than half so far"
    were = "was" if curve.mended == 1 else "were"
    unseen = f" {curve.unseen:,} more had not been seen since, and tell nothing." if curve.unseen else ""
    return f"Of {pairs}, {curve.mended:,} {were} seen to be mended; {half}.{unseen}"


def corrected(found: Quantiles) -> str:
    """Say how long after publication corrections came."""
    updates = count(found.count, "update")
    if found.count == 1:
        return f"{updates} that corrects, clarifies or withdraws, {lasting(found.median)} after publication."
    return f"{updates} that correct, clarify or withdraw: half of them within {lasting(found.median)} of publication."


def share(curve: Curve, at: int) -> str:
    """Say what share is mended after the first, second or third of the times, with its interval."""
    step = curve.at[at] if at < len(curve.at) else None
    if step is None:
        return "not observed so long"
    return f"{step.share:.0%} ({step.low:.0%} to {step.high:.0%})"


def few(number: int, noun: str) -> str:
    """Warn of a median of few; "" where there are enough."""
    return f"Only {count(number, noun)}: a median of so few says little." if 0 < number < FEW else ""


def small(number: int, noun: str) -> str:
    """Warn of a share of few; "" where there are enough."""
    return f"Only {count(number, noun)}: read the interval, not the share." if 0 < number < FEW else ""
