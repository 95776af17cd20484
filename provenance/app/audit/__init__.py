"""The audit: what an editor is shown of a store at a moment, worst first, with the evidence for all of it.

`audit.audit` reads the ledger once for the front (totals, measures, contents), and again, chapter by chapter, for
whoever writes it down.
"""
