"""How a command may be ended from outside: its reader goes away, it is told to stop, it was started without streams.

A closed pipe (`prov ... | head`) cuts nothing short: what is to be stored is stored to its end, and a check says by its
exit code what it found, however little of it was read.
"""

from __future__ import annotations

import io
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TextIO


class TerminatedError(BaseException):
    """The process was told to end (SIGTERM): everything that is open is let go of on the way out."""


@contextmanager
def terminable() -> Iterator[None]:
    """Turn SIGTERM into TerminatedError, unless the program around has other plans for it."""
    if threading.current_thread() is not threading.main_thread() or signal.getsignal(signal.SIGTERM) != signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGTERM, _terminate)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _terminate(_number: int, _frame: FrameType | None) -> None:
    raise TerminatedError


def prepare_streams() -> None:
    """See to it that there are streams, that they outlive their readers, and that they can show any character."""
    _fill()
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115 - likewise
    sys.stdout = _lasting(sys.stdout, 1)
    sys.stderr = _lasting(sys.stderr, 2)
    # a terminal that cannot show a character gets its escape, never an error in the middle of a table
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _fill() -> None:
    """Open what the process was started without: else the store's own files would be taken for standard output."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free


def flush() -> None:
    """Write out what is left; raise OSError where it cannot be, once: at the exit Python would try again."""
    try:
        sys.stdout.flush()
    except OSError:
        with suppress(OSError, ValueError):
            _send_nowhere(sys.stdout.fileno())
        raise


def _send_nowhere(number: int) -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, number)
    os.close(nowhere)


class _Lasting(io.FileIO):
    """A file whose reader may go away: what is written then is written nowhere."""

    def write(self, data: object) -> int:
        """Write bytes, to the null device once the reader is gone."""
        try:
            return super().write(data)  # type: ignore[arg-type]
        except BrokenPipeError:
            _send_nowhere(self.fileno())
            return super().write(data)  # type: ignore[arg-type]


def _lasting(stream: TextIO | None, number: int) -> TextIO:
    """Give a stream that outlives its reader in the place of one that is the process's own."""
    if stream is None:
        return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 - it lasts as long as the process
    if stream is not (sys.__stdout__, sys.__stderr__)[number - 1] or not isinstance(stream, io.TextIOWrapper):
        return stream
    stream.flush()
    raw = _Lasting(number, "wb", closefd=False)
    return io.TextIOWrapper(io.BufferedWriter(raw), stream.encoding, line_buffering=stream.line_buffering)
