"""Words from outside at a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.cli.words import cut, one_line, visible, width, wrap


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain – “quotes”", "plain – “quotes”"),
        ("\x1b]0;owned\x07\x1b[2J", "\\x1b]0;owned\\x07\\x1b[2J"),
        ("a\rb\x9bc\x7f", "a\\x0db\\x9bc\\x7f"),
        ("abc\u202edef\u2066", "abc\\u202edef\\u2066"),
        ("two\nlines\there", "two\\nlines\\there"),
        ("caf\udce9.txt and \ud800", "caf\\xe9.txt and \\ud800"),
    ],
)
def test_controls_and_direction_marks_are_shown_as_escapes(text: str, shown: str) -> None:
    """Nothing from outside can move the cursor, turn the line around or fail to be printed."""
    assert shown == one_line(text)


def test_a_text_of_many_lines_keeps_its_lines() -> None:
    """Line ends and tabs of a text stay, its other controls are escaped."""
    assert "one\n\ttwo \\x1b[1m\n" == visible("one\n\ttwo \x1b[1m\n")


@given(st.text())
def test_one_line_is_printable_in_one_line(text: str) -> None:
    """Whatever comes in, what goes out has no control character and can be encoded."""
    shown = one_line(text)

    assert not any(ord(character) < 0x20 or 0x7F <= ord(character) < 0xA0 for character in shown)
    shown.encode()


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"])), st.integers(2, 40))
def test_wrapped_lines_fit_and_lose_no_word(text: str, columns: int) -> None:
    """No line is wider than asked for, and the lines together are the text without its blanks."""
    lines = list(wrap(text, columns))

    assert all(width(line) <= columns for line in lines)
    assert "".join(text.split()) == "".join("".join(line.split()) for line in lines)


def test_a_wide_script_counts_two_columns() -> None:
    """Chinese characters take two columns each, a combining accent none."""
    assert (4, 1, 1) == (width("灾难"), width("e\u0301"), width("é"))


@given(st.text(), st.integers(4, 30))
def test_what_is_cut_fits(text: str, columns: int) -> None:
    """A shortened text is never wider than its column."""
    assert width(cut(text, columns)) <= columns
