"""Bad inputs, all 114 of them in one table: what comes in, what is expected, and where it is tried.

A test of this folder says `row(n, …)` for a case of a row, or `tries(n, …)` over itself. A row whose test stands beside
the module that it is about is pointed at here, and a row about what there is not yet has its reason. `python
tests/hostile/table.py` counts them; test_table.py holds the table whole.
"""

# ruff: noqa: T201 - it prints how many rows are tried
from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
TESTS = HERE.parent

TABLE: dict[int, tuple[str, str, str]] = {
    1: ("empty file", "empty document", "3"),
    2: ("only white space, only <html></html>", "no article text", "3"),
    3: ("100 MB file", "stop at the limit before reading all", "3"),
    4: ("folder, FIFO, device as FILE", "not a regular file, and no hang", "3"),
    5: ("missing file", "no such file", "3"),
    6: ("unreadable file", "permission denied", "3"),
    7: ("symbolic link in a batch folder", "refused, not followed", "3"),
    8: ("file name with newline, ESC, invalid UTF-8", "works; printed escaped", "0"),
    9: ("file name --upload-pack=x", "is a path; never reaches git", "0/3"),
    10: ("file changes while it is read", "read once more, else changed while reading", "3"),
    11: ("UTF-8 with BOM, UTF-16 with BOM", "the same canonical text", "0"),
    12: ("declared latin-1, bytes UTF-8, and the reverse", "charset-conflict, raw kept", "0"),
    13: ("invalid bytes, overlong UTF-8", "replaced and flagged; more than 1 % refused", "0/3"),
    14: ("lone surrogate", "U+FFFD and a flag", "0"),
    15: ("NUL in text, title", "removed and flagged", "0"),
    16: ("PDF, PNG, ZIP as .html", "not HTML", "3"),
    17: ("truncated HTML", "stored and flagged", "0"),
    18: ("depth 250, 260, 100,000", "nested too deep, text would be lost", "3"),
    19: ("300,000 attributes on one tag", "refused by a look at it", "3"),
    20: ("2.5 million <p>", "limit", "3"),
    21: ("one text node of 10 MB", "accepted or limit; never dropped in silence", "0/3"),
    22: ("text in <script>, display:none, <template>", "no article text", "0"),
    23: ("200 titles and canonical links", "the first; ambiguous", "0"),
    24: ("title <script>alert(1)</script>", "stored; inert in a report", "0"),
    25: ('title "><img src=x onerror=…>, {{7*7}}, </script>', "inert", "0"),
    26: ("URL javascript:, data:, JAVA SCRIPT:", "refused as source; never a link", "3"),
    27: ("diff hunk with </ins><script>", "inert", "0"),
    28: ("title with ESC, BEL, CR", "shown as escapes", "0"),
    29: ("title with U+202E, isolates", "marked", "0"),
    30: ("zero-width spaces in the copy", "evasion-suspected", "1"),
    31: ("Cyrillic homoglyphs in the copy", "evasion-suspected", "1"),
    32: ("correction word split by soft hyphens", "found", "0/1"),
    33: ("the same text in NFC and NFD", "unchanged", "0"),
    34: ("only white space, ads, related box changed", "no new revision", "0"),
    35: ("A, B, A", "three revisions", "0"),
    36: ("the same document twice", "unchanged, the same commit", "0"),
    37: ("an old item delivered again", "stale, no revert", "0"),
    38: ("two articles with the same slug", "two ids", "0"),
    39: ("slug ../../etc/x, .git/config, con, 300 characters, -x", "the id is hashed", "0"),
    40: ("article id empty, over 2 kB", "bad URL", "3"),
    41: ("ids that differ in case or Unicode form", "two ids", "0"),
    42: ("title with a forged trailer", "no forged trailer", "0"),
    43: ("byline with newline, <>, 100 kB of spaces", "cleaned", "0"),
    44: ("published 2099, year 0, 9999-12-31T23:59:60", "flagged; order by chain", "0"),
    45: ("date without a zone, two dates that differ", "kept as claimed, tz-unknown", "0"),
    46: ("the system's clock jumps back a year", "order by chain kept, told", "0"),
    47: ("copy claims the canonical URL of a stranger", "a claim; the origin untouched", "1"),
    48: ("two copies claim to be the original of each other", "told", "1"),
    49: ("a loop of copies", "stops, told", "1"),
    50: ("RSS with an external entity", "nothing is fetched or shown", "3"),
    51: ("billion laughs, quadratic blow-up", "the same, at once", "3"),
    52: ("parameter entity, external DTD, XInclude, xml-stylesheet", "no file, no net", "3"),
    53: ("feed that is not well-formed", "XML error line N", "3"),
    54: ("feed of a million items", "limit", "3"),
    55: ("feed, item 7 of 10 bad", "9 stored, 1 listed, summary", "3"),
    56: ("NewsML of an unknown version", "unsupported version", "3"),
    57: ("YAML !!python/object/apply", "refused", "3"),
    58: ("YAML alias bomb", "aliases not allowed", "3"),
    59: ("YAML of 5,000 nested lists", "too deep", "3"),
    60: ("front matter NO, 2024-01-01, 1e3", "strings as they were written", "0"),
    61: ("JSON-LD with NaN, duplicate keys, a huge number, depth", "the part is refused, the article stored", "0"),
    62: ("settings with an unknown key, a wrong type", "names key and file", "2"),
    63: ("settings value with a newline for git", "never reaches git", "3"),
    64: ("URL file:, gopher:, ext::, ssh://-o", "refused", "3"),
    65: ("URL of a private address", "no connection", "3"),
    66: ("private addresses in other notations", "no connection", "3"),
    67: ("private addresses inside IPv6", "no connection", "3"),
    68: ("redirect to a private address", "refused at the hop", "3"),
    69: ("DNS rebinding", "pinned address used", "0/3"),
    70: ("name with a public and a private address", "refused", "3"),
    71: ("redirect loop, 30 hops, https to http", "stop at 5", "3"),
    72: ("URL with user info, backslash, port 99999", "refused", "3"),
    73: ("gzip bomb, nested gzip", "stopped", "3"),
    74: ("a byte a second", "time limit", "3"),
    75: ("404, 410, 500, 429", "event recorded", "3"),
    76: ("login, consent, captcha page", "not-article", "3"),
    77: ("expired certificate", "refused", "3"),
    78: ("robots, paywall markers", "as configured", "3"),
    79: ("DNS failure, offline", "one line", "3"),
    80: ("two texts of 1 MB, all different", "bounded", "0"),
    81: ("70,000 lines, ab × 25k", "bounded", "0"),
    82: ("correction note built to backtrack", "bounded", "0"),
    83: ("delta put to a wrong base", "mismatch, never fuzzy", "4"),
    84: ("store path missing, not a store", "no store at …, run prov init", "3"),
    85: ("store is someone else's", "store owned by …", "3"),
    86: ("store with hooks, filters, fsmonitor, include", "nothing runs", "3"),
    87: ("store with alternates, links, .gitmodules", "refused", "3"),
    88: ("GIT_DIR, GIT_CONFIG_*, … set", "ignored", "0"),
    89: ("malicious git in the folder, on PATH", "absolute path", "0/3"),
    90: ("git too old, absent", "names the version needed", "3"),
    91: ("bundle with a bad pack, foreign refs", "nothing imported", "4"),
    92: ("empty object, flipped bit, missing blob", "names object and article", "4"),
    93: ("ref rewound, deleted, forked, merge", "named", "4"),
    94: ("checkpoint older than a witness", "rollback", "4"),
    95: ("ledger deleted", "rebuilt, told", "0"),
    96: ("ledger corrupt, of a newer schema, foreign", "moved aside and rebuilt, or refused", "0/4"),
    97: ("ledger ahead of git", "the ledger knows unknown commits", "4"),
    98: ("stale lock, tmp_obj_*, hot journal", "cleaned under the lock", "0"),
    99: ("disk full at every call", "disk full; works after freeing", "3"),
    100: ("read-only file system, quota, EIO", "the same", "3"),
    101: ("lock held, 32 writers", "busy: pid N", "3/0"),
    102: ("SIGINT, SIGTERM, SIGPIPE, closed stdout", "clean stop", "130/143/0"),
    103: ("PostgreSQL down, wrong password", "without the password", "3"),
    104: ("search %, _, ', ;--", "taken literally", "0/3"),
    105: ("CSV export with =HYPERLINK, @SUM, TAB, CR", "prefixed", "0"),
    106: ("log message with a newline and a fake entry", "one JSON line", "0"),
    107: ("report path is a symbolic link", "refused", "3"),
    108: ("pull request of a fork with hostile settings", "settings of the base branch", "1/3"),
    109: ("checker crashed, copy unreadable", "never green", "3"),
    110: ("access to a redacted revision", "redacted on …", "3"),
    111: ("redact with a wrong plan, under hold", "refused", "2/3"),
    112: ("secret in title, URL, cache, report", "all listed; none left", "0"),
    113: ("locale C, no terminal, 20 columns, ascii", "no UnicodeEncodeError", "0"),
    114: ("unexpected exception", "internal error, id …; trace in the log only", "70"),
}
"""Number → what comes in, what is expected of it, the exit code."""

ELSEWHERE: dict[int, str] = {
    30: "cli/test_bad_copies.py::test_a_disguise_changes_no_verdict",
    31: "cli/test_bad_copies.py::test_a_disguise_changes_no_verdict",
    32: "cli/test_bad_copies.py::test_what_typesetting_leaves_behind_is_no_evasion",
    62: "cli/test_bad_input.py::test_an_unknown_setting_is_named_with_its_file",
    63: "store/test_git.py::test_a_store_may_lie_under_any_name",
    80: "cli/test_bad_copies.py::test_a_text_that_has_nothing_of_the_article_misses_nothing",
    81: "cli/test_bad_copies.py::test_a_text_that_has_nothing_of_the_article_misses_nothing",
    83: "engine/test_delta.py::test_a_delta_refuses_any_other_base",
    85: "store/test_open.py::test_a_store_of_another_user_is_refused",
    87: "store/test_open.py::test_a_store_that_could_run_or_redirect_anything_is_refused",
    90: "store/test_git.py::test_a_git_that_is_too_old_is_named",
    92: "store/test_fsck.py::test_every_flipped_bit_is_found",
    98: "store/test_lock.py::test_what_a_dead_writer_left_is_cleared_away",
    99: "store/test_crash.py::test_a_disk_that_takes_no_more_is_one_line",
    100: "store/test_lock.py::test_a_store_that_cannot_be_written_says_so_only_when_writing",
    101: "cli/test_bad_input.py::test_a_store_that_another_process_has_locked",
    102: "cli/test_terminal.py::test_an_interrupt_is_exit_code_130_and_loses_nothing",
    108: "test_republisher.py::test_a_pull_request_does_not_choose_its_own_policy",
}
"""Rows that are tried beside the module that they are about."""

NO_FEEDS = "no feed is read yet"
NO_FETCHING = "nothing is fetched yet: a URL is a name"
NO_REDACTION = "nothing can be erased yet"
LATER: dict[int, str] = {
    53: NO_FEEDS,
    54: NO_FEEDS,
    56: "NewsML is not read yet",
    **dict.fromkeys(range(68, 72), NO_FETCHING),
    **dict.fromkeys(range(74, 80), NO_FETCHING),
    94: "there are no checkpoints yet",
    **dict.fromkeys(range(110, 113), NO_REDACTION),
}
"""Rows about what there is not yet, each with the reason."""


def row(number: int, *values: Any, what: str = "") -> Any:  # noqa: ANN401  # what a test takes, and pytest's own type
    """Make one case of a row, named by the row's number and words."""
    return pytest.param(*values, id=f"{number:03} {TABLE[number][0]}{f': {what}' if what else ''}")


def tries(*numbers: int) -> pytest.MarkDecorator:
    """Name a test after the rows that it tries; it gets them as `rows`."""
    words = "; ".join(TABLE[number][0] for number in numbers)
    return pytest.mark.parametrize("rows", [numbers], ids=[f"{'+'.join(f'{n:03}' for n in numbers)} {words}"])


def tried() -> set[int]:
    """Find the rows that a test of this folder names, by reading the tests."""
    return {number for path in HERE.glob("test_*.py") for number in _named(ast.parse(path.read_text(encoding="utf-8")))}


def _named(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"row", "tries"}:
            given = node.args[:1] if node.func.id == "row" else node.args
            yield from (each.value for each in given if isinstance(each, ast.Constant) and isinstance(each.value, int))


def main() -> None:
    """Print how many rows are tried, and why the others are not."""
    here = tried()
    print(f"{len(TABLE)} rows: {len(here | ELSEWHERE.keys())} tried, {len(LATER)} not yet")
    for number, why in sorted(LATER.items()):
        print(f"{number:4}  {TABLE[number][0]}: {why}")


if __name__ == "__main__":
    main()
