"""Every reader and every law, on documents that were once sound: a short round of what fuzz.py does for hours."""

from __future__ import annotations

import pytest
from fuzz.targets import TARGETS, run
from hypothesis import HealthCheck, Phase, given, settings


@pytest.mark.parametrize("name", TARGETS)
def test_nothing_but_a_refusal(name: str) -> None:
    """Whatever comes in: it is read, or refused on purpose; no other exception, and no law is broken."""
    target = TARGETS[name]

    @settings(
        max_examples=target.quick,
        deadline=None,
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(target.inputs)
    def holds(value: object) -> None:
        run(name, value)

    holds()
