"""Values to bytes: one module a format, each a pure function of what the ledger holds."""
