"""Provenance and correction tracking for news: which copies carry which corrections, with the proof."""

__version__ = "0.1.0"
