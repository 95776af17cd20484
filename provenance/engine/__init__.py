"""Pure functions over texts: canonical text, deltas, updates, standings.

No clock, path, network, environment or randomness in here: the world comes in as arguments. `ENGINE` names the
rules as they stand; the ledger records it, and is rebuilt where it differs.
"""

ENGINE = "3"
