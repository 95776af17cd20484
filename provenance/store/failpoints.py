"""Named places where a crash test may stop the writer: `PROV_FAILPOINT=after_branch:kill`.

`name@3:kill` stops it the third time. Without the variable, reaching a failpoint costs one look into the environment.
"""

from __future__ import annotations

import os
import signal
from collections import Counter

VARIABLE = "PROV_FAILPOINT"
_reached: Counter[str] = Counter()


def reach(name: str) -> None:
    """Kill this process with SIGKILL if the environment asks for that here."""
    asked = os.environ.get(VARIABLE)
    if asked is None:
        return
    place, _, action = asked.partition(":")
    place, _, times = place.partition("@")
    if place != name:
        return
    _reached[name] += 1
    if action == "kill" and _reached[name] == int(times or 1):
        os.kill(os.getpid(), signal.SIGKILL)
