"""The command line: argv in, words and an exit code out."""

from provenance.cli.failures import main

__all__ = ["main"]
