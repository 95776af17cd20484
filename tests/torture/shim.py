"""The counter of calls that change a folder (shim.c), as the harness sees it: compiled, armed, read, its log parsed."""

from __future__ import annotations

import ctypes
import mmap
import os
import shutil
import struct
import subprocess
from collections.abc import Iterator
from enum import IntEnum, IntFlag
from pathlib import Path
from typing import NamedTuple

SOURCE = Path(__file__).with_name("shim.c")
VARIABLE = "PROV_TORTURE"
"""Names the control file to every process; what begins with PROV_ reaches git as well."""


class Mode(IntEnum):
    """What happens at the n-th call."""

    PASS = 0
    KILL_BEFORE = 1
    KILL_HALF = 2
    KILL_AFTER = 3
    FAIL = 4


class Class(IntFlag):
    """What a call asks of the disk."""

    SPACE = 1
    SYNC = 2
    WRITE = 4
    NAME = 8
    OPEN = 16
    META = 32


NONE = Class(0)


class Layout(ctypes.Structure):
    """`struct control` of shim.c."""

    _fields_ = (
        ("count", ctypes.c_uint64),
        ("at", ctypes.c_uint64),
        ("mode", ctypes.c_uint32),
        ("error", ctypes.c_int32),
        ("classes", ctypes.c_uint32),
        ("once", ctypes.c_uint32),
        ("on", ctypes.c_uint32),
        ("happened", ctypes.c_uint32),
        ("no_sync", ctypes.c_uint32),
        ("spare", ctypes.c_uint32),
        ("folder", ctypes.c_char * 1024),
        ("only", ctypes.c_char * 256),
        ("log", ctypes.c_char * 1024),
        ("said", ctypes.c_char * 1024),
    )


class Call(NamedTuple):
    """One call in the log; `letter` as in shim.c, `!` for a line on standard output."""

    number: int
    pid: int
    letter: str
    failed: bool
    classes: Class
    path: str
    other: str
    offset: int
    data: bytes


_RECORD = struct.Struct("<IIIcBHH6xqII")


def compiler() -> str | None:
    """Give a C compiler, None where there is none."""
    return shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")


def build(folder: Path) -> Path:
    """Compile the shim into a folder."""
    library = folder / "shim.so"
    if not library.exists():
        program = compiler()
        assert program, "no C compiler"
        subprocess.run([program, "-shared", "-fPIC", "-O2", "-o", library, SOURCE, "-ldl"], check=True)
    return library


class Control:
    """The file that the shim maps in every process, mapped here as well."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.write_bytes(bytes(ctypes.sizeof(Layout)))
        with path.open("r+b") as file:
            self._map = mmap.mmap(file.fileno(), 0)
        self.values = Layout.from_buffer(self._map)

    def arm(  # noqa: PLR0913 - what shim.c can be told
        self,
        folder: Path,
        mode: Mode = Mode.PASS,
        at: int = 0,
        error: int = 0,
        classes: Class = NONE,
        *,
        once: bool = False,
        only: str = "",
        log: Path | None = None,
        said: Path | None = None,
    ) -> None:
        """Count from nothing, and let it happen at the call `at`."""
        self.values.on = 0
        self.values.count = self.values.happened = 0
        self.values.mode, self.values.at, self.values.error, self.values.classes = mode, at, error, classes
        self.values.once = once
        self.values.folder, self.values.only = os.fsencode(folder), os.fsencode(only)
        self.values.log, self.values.said = os.fsencode(log or ""), os.fsencode(said or "")
        self.values.on = 1

    def disarm(self) -> tuple[int, int]:
        """Stop counting; give the number of calls, and to how many of them something happened."""
        self.values.on = 0
        return self.values.count, self.values.happened


def calls(log: Path) -> Iterator[Call]:
    """Read a log of calls, in the order in which they were made."""
    data = log.read_bytes() if log.exists() else b""
    place = 0
    while place < len(data):
        size, number, pid, letter, failed, first, second, offset, length, classes = _RECORD.unpack_from(data, place)
        start = place + _RECORD.size
        path = os.fsdecode(data[start : start + first])
        other = os.fsdecode(data[start + first : start + first + second])
        content = data[start + first + second : start + first + second + length]
        yield Call(number, pid, letter.decode(), bool(failed), Class(classes), path, other, offset, content)
        place += size
