"""Calibration: what is fitted from verdicts whose truth is known."""

from __future__ import annotations

import tomllib

from accuracy import calibration
from accuracy.verdicts import Verdict

STRICT, LAX = "has the words", "tells of it"


def test_few_verdicts_are_drawn_towards_the_others_of_their_state() -> None:
    """Two verdicts that happen to be right do not make a rule sure; a hundred do."""
    table = calibration.fit([*many(60, right=40, rule=LAX), *many(2, right=2, rule="hardly ever")])
    known = calibration.fit([*many(60, right=40, rule=LAX), *many(100, right=100, rule="hardly ever", stated=0.95)])

    assert table["close"]["missing"]["hardly ever"] < 0.8
    assert known["close"]["missing"]["hardly ever"] > 0.95


def test_a_stricter_rule_that_errs_more_shares_the_figure_of_the_laxer_one() -> None:
    """Strictness is kept: both say what they are right in together."""
    rules = calibration.fit([*many(50, right=40, rule=STRICT, stated=0.98), *many(50, right=50, rule=LAX, stated=0.7)])

    assert rules["close"]["missing"][STRICT] == rules["close"]["missing"][LAX]


def test_nothing_is_said_with_certainty() -> None:
    """However often a rule was right, it says 0.99 at most."""
    assert 0.99 == calibration.fit(many(5000, right=5000))["close"]["missing"][STRICT]


def test_nine_in_ten_is_kept_for_what_is_right_nearly_always() -> None:
    """A rule that is right in 94 % says less than 0.9, and more than one that is right in 88 %."""
    good, better = (calibration.fit(many(1000, right=right))["close"]["missing"][STRICT] for right in (880, 940))

    assert 0.85 < good < better < 0.9


def test_a_case_is_scored_without_its_own_verdicts() -> None:
    """The only case that shows a rule to be wrong cannot tell on itself."""
    verdicts = [*many(40, right=40, case="a"), *many(40, right=40, case="b"), *many(10, right=0, case="c")]

    worst = max(sure for sure, right in calibration.unseen(verdicts) if not right)

    assert worst > 0.95


def test_reliability_counts_what_is_said_and_what_is_right() -> None:
    """Each range has its verdicts, and the last row all from 0.9 on."""
    rows = {name: (count, share) for name, count, share in calibration.reliability([(0.92, True), (0.97, False)])}

    assert (1, 1.0) == rows["0.90 to 0.95"]
    assert (0, None) == rows["0.00 to 0.50"]
    assert (2, 0.5) == rows["0.90 and more"]


def test_what_is_written_is_read_again() -> None:
    """The table goes through the engine's data file and comes back."""
    table = calibration.fit(many(10, right=9))

    assert table == tomllib.loads(calibration.written(table, "A heading."))


def many(
    count: int, *, right: int, rule: str = STRICT, stated: float = 0.9, case: str = "a", state: str = "missing"
) -> list[Verdict]:
    """Make verdicts of one rule, so many of them right."""
    return [Verdict(case, "close", state, rule, stated, at < right) for at in range(count)]
