"""A power cut played back from the log of calls: what was not flushed is not there.

A kill never loses what the kernel has; a power cut does. The disk is modelled as files and folders of which some state
is durable: a file's bytes at its last fsync, a folder's names at its own last fsync. POSIX promises no more than that.
In particular it is not assumed that to flush a new file flushes its name, as ext4 does.

Three disks are tried at every cut. `bare`: nothing that was not flushed is there. `names`: every name is there, and no
byte that was not flushed: files are empty or as they were. `torn`: of the changes to each folder since it was flushed
the first few survive (a journal keeps them in order), and of the writes to each file any, drawn at random.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from hashlib import sha256
from pathlib import Path

from shim import Call


class Loss(Enum):
    """Which of the disks that a power cut may leave."""

    BARE = "bare"
    NAMES = "names"
    TORN = "torn"


@dataclass
class File:
    """A file's bytes now, at its last flush, and the changes since."""

    live: bytearray = field(default_factory=bytearray)
    durable: bytes | None = None
    since: list[tuple[int, bytes | None]] = field(default_factory=list)

    def change(self, offset: int, data: bytes | None) -> None:
        """Write bytes at an offset, or with None cut the file there."""
        apply(self.live, offset, data)
        self.since.append((offset, data))

    def flush(self, content: bytes) -> None:
        """Make the bytes durable that the file really has."""
        self.live, self.durable, self.since = bytearray(content), content, []

    def left(self, loss: Loss, chance: random.Random) -> bytes:
        """Give what a power cut leaves."""
        found = bytearray(self.durable or b"")
        if loss is Loss.TORN:
            for offset, data in self.since:
                if chance.random() < 0.5:
                    apply(found, offset, data)
        return bytes(found)


@dataclass
class Folder:
    """A folder's names now, at its last flush, and after each change since."""

    live: dict[str, File | Folder] = field(default_factory=dict)
    durable: dict[str, File | Folder] = field(default_factory=dict)
    since: list[dict[str, File | Folder]] = field(default_factory=list)

    def change(self, name: str, node: File | Folder | None) -> None:
        """Give a name to a file or folder, or with None take it away."""
        self.live.pop(name, None)
        if node is not None:
            self.live[name] = node
        self.since.append(dict(self.live))

    def flush(self) -> None:
        """Make the names durable."""
        self.durable, self.since = dict(self.live), []

    def left(self, loss: Loss, chance: random.Random) -> dict[str, File | Folder]:
        """Give the names that a power cut leaves."""
        if loss is Loss.NAMES:
            return self.live
        return chance.choice([self.durable, *self.since]) if loss is Loss.TORN else self.durable


def apply(content: bytearray, offset: int, data: bytes | None) -> None:
    """Write bytes at an offset, with zeros before it where there is nothing; None: make the file so long."""
    end = offset if data is None else offset + len(data)
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    if data is None:
        del content[offset:]
    else:
        content[offset:end] = data


class Disk:
    """The disk under a folder, as calls change it."""

    def __init__(self, world: Path, place: Path) -> None:
        """Take over a world, all of it durable; `place` is where the calls in the log saw it."""
        self._place = str(place)
        self.root = taken(world)
        self.said = b""

    def see(self, call: Call) -> None:
        """Follow one call."""
        if call.letter == "!":
            self.said += call.data
        if call.failed or call.letter in "!ox":
            return
        folder, name = self._at(call.path)
        if folder is None:
            return
        node = folder.live.get(name) if name else folder
        if call.letter == "c" and node is None:
            folder.change(name, File())
        elif call.letter == "m":
            folder.change(name, Folder())
        elif call.letter in "ud":
            folder.change(name, None)
        elif call.letter == "s" and node is not None:
            node.flush() if isinstance(node, Folder) else node.flush(call.data)
        elif call.letter in "tw" and isinstance(node, File):
            node.change(call.offset, call.data if call.letter == "w" else None)
        elif call.letter in "rl" and node is not None:
            self._named(call, folder, name, node)

    def _named(self, call: Call, folder: Folder, name: str, node: File | Folder) -> None:
        there, other = self._at(call.other)
        if there is not None:
            there.change(other, node)
        if call.letter == "r":
            folder.change(name, None)
            if there is folder:  # one change of one folder
                folder.since.pop(-2)

    def _at(self, path: str) -> tuple[Folder | None, str]:
        """Give the folder in which a path lies, and its name there; "" for the top itself."""
        *above, name = path.removeprefix(self._place).strip("/").replace("//", "/").split("/")
        folder: File | Folder | None = self.root
        for part in above:
            if part != ".":
                folder = folder.live.get(part) if isinstance(folder, Folder) else None
        return (folder if isinstance(folder, Folder) else None), name

    def left(self, loss: Loss, seed: int = 0) -> dict[str, bytes | None]:
        """Give the files that a power cut leaves by their paths, folders with None."""
        return dict(_left(self.root, "", loss, random.Random(seed)))


def _left(folder: Folder, above: str, loss: Loss, chance: random.Random) -> Iterator[tuple[str, bytes | None]]:
    for name, node in sorted(folder.left(loss, chance).items()):
        if isinstance(node, File):
            yield above + name, node.left(loss, chance)
        else:
            yield above + name, None
            yield from _left(node, f"{above}{name}/", loss, chance)


def taken(world: Path) -> Folder:
    """Read a world as a disk on which all is durable."""
    folder = Folder()
    for path in world.iterdir():
        if path.is_dir():
            folder.live[path.name] = taken(path)
        else:
            content = path.read_bytes()
            folder.live[path.name] = File(bytearray(content), content)
    folder.flush()
    return folder


def lay(left: dict[str, bytes | None], world: Path) -> None:
    """Write what a power cut left into a folder."""
    shutil.rmtree(world, ignore_errors=True)
    world.mkdir(mode=0o700)
    for name, content in left.items():
        if content is None:
            (world / name).mkdir(mode=0o700)
        else:
            (world / name).write_bytes(content)
            (world / name).chmod(0o600)


def cuts(
    world: Path, place: Path, calls: Iterable[Call], losses: Iterable[Loss] = tuple(Loss)
) -> Iterator[tuple[int, Loss, dict[str, bytes | None], bytes]]:
    """Give every disk that a power cut may leave, each once: the call before it, what is there, what had been said."""
    disk = Disk(world, place)
    known = set()
    for call in calls:
        disk.see(call)
        for loss in losses:
            left = disk.left(loss, call.number)
            name = sha256(repr((sorted(left.items()), disk.said)).encode()).digest()
            if name not in known:
                known.add(name)
                yield call.number, loss, left, disk.said
