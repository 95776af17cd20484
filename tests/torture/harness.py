"""Scenes played with a kill, or a failing disk, at one of their calls, and what is wrong afterwards."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import examine
import scenes
import shim
from scenes import Scene
from shim import NONE, Call, Class, Mode

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


@dataclass(frozen=True)
class Ran:
    """How a command ended, and what it said."""

    code: int
    out: bytes
    err: str
    seconds: float = 0.0


@dataclass(frozen=True)
class Reference:
    """A scene played to its end: the log of its calls, the facts before and after, what the user's files came to."""

    world: Path
    calls: tuple[Call, ...]
    before: tuple[tuple[str, int], ...]
    head: str
    after: tuple[tuple[str, int], ...]
    files: Mapping[str, tuple[bytes | None, bytes | None]]
    command: tuple[str, ...]
    ran: Ran

    @property
    def count(self) -> int:
        """Give the number of mutating calls."""
        return max((call.number for call in self.calls if call.letter != "!"), default=0)


@dataclass
class Result:
    """What came of one play: what is wrong, and whether anything happened at all."""

    problems: list[str] = field(default_factory=list)
    happened: int = 0
    ran: Ran | None = None


class Server:
    """A server (server.py) with a control file and a scratch folder of its own."""

    def __init__(self, folder: Path, library: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True)
        self.control = shim.Control(folder / "control")
        warm = folder / "warm"
        warm.mkdir()
        scenes.build(warm)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PROV_", "LD_"))}
        environment = kept | {
            "HOME": str(folder),
            "LD_PRELOAD": str(library),
            shim.VARIABLE: str(self.control.path),
            "PYTHONPATH": os.pathsep.join((str(HERE), str(ROOT))),
            "PYTHONDONTWRITEBYTECODE": "1",
            "NO_COLOR": "1",
        }
        with (folder / "server.log").open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, HERE / "server.py", warm],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env=environment,
                text=True,
            )
        self._line()
        self._known: dict[Any, list[str]] = {}
        self._bases: dict[tuple[Any, ...], Path] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self.process.stdin
        assert self.process.stdout
        with suppress(BrokenPipeError):  # it was interrupted
            self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _line(self) -> Any:  # noqa: ANN401 - JSON
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line, (self.folder / "server.log").read_text()
        return json.loads(line)

    def ask(self, job: Mapping[str, Any]) -> Any:  # noqa: ANN401 - JSON
        """Send a job and wait for its end."""
        assert self.process.stdin
        self.process.stdin.write(json.dumps(job) + "\n")
        self.process.stdin.flush()
        return self._line()

    @property
    def out(self) -> Path:
        """Name the file that standard output goes to."""
        return self.folder / "out.txt"

    def run(
        self,
        world: Path,
        arguments: Sequence[str],
        *,
        feed: str = "",
        settings: Mapping[str, int] | None = None,
        variants: Sequence[str] = (),
        call: str = "",
    ) -> Ran:
        """Run prov, or a function of the harness, in a world."""
        err = self.folder / "err.txt"
        command = {"arguments": list(arguments), "out": str(self.out), "err": str(err)}
        command |= {"feed": str(world / feed)} if feed else {}
        command |= {"call": call} if call else {}
        job = {"cwd": str(world), "commands": [command], "settings": dict(settings or {}), "variants": list(variants)}
        answer = self.ask(job)
        return Ran(answer["codes"][0], self.out.read_bytes(), err.read_text(errors="replace"), float(answer["seconds"]))

    def examined(self, function: str, *arguments: object) -> list[str]:
        """Run a function of examine.py and give the problems that it printed."""
        out, err = self.folder / "examined.txt", self.folder / "examined.err"
        command = {"call": f"examine:{function}", "arguments": arguments, "out": str(out), "err": str(err)}
        answer = self.ask({"cwd": str(self.folder), "commands": [command]})
        if answer["codes"] != [0]:
            return [f"examination failed: {answer['codes']} {err.read_text()[-1500:]}"]
        return out.read_text().splitlines()

    # --- worlds

    def base(self, scene: Scene) -> Path:
        """Give a world in which the scene's steps were done."""
        key = (scene.before, tuple(scene.settings.items()))
        if key not in self._bases:
            world = self.folder / f"base{len(self._bases)}"
            scenes.build(world)
            for step in scene.before:
                if step[0] == "MOVE":
                    (world / step[1]).rename(world / step[2])
                    continue
                ran = self.run(world, step, settings=scene.settings)
                assert ran.code == 0, (step, ran)
                if step == scenes.EMPTY[0]:
                    shutil.copy(world / "plain.toml", world / "store/prov.toml")
            self._bases[key] = world
        return self._bases[key]

    def fresh(self, scene: Scene, name: str = "world") -> Path:
        """Give a fresh copy of a scene's world."""
        world = self.folder / name
        shutil.rmtree(world, ignore_errors=True)
        shutil.copytree(self.base(scene), world, symlinks=True)
        for each in scene.forget:
            (world / each).unlink()
        if scene.behind:
            earlier = Scene("", (), scene.before[: -scene.behind], settings=scene.settings)
            shutil.copy(self.base(earlier) / "store/ledger.sqlite", world / "store/ledger.sqlite")
        return world

    def reference(self, scene: Scene, variants: Sequence[str] = ()) -> Reference:
        """Play a scene to its end, and count its calls."""
        command = scene.command
        if "FINDING" in command:
            place = ["--in-store"] if "--in-store" in command else ["content"]
            told = self.run(self.fresh(scene), [*scenes.STORE, "check", *place, "--now", scenes.NOW])
            found = re.search(rb"prov waive (\w+)", told.out)
            assert found, told
            command = tuple(found[1].decode() if word == "FINDING" else word for word in command)
        world = self.fresh(scene)
        before, head = examine.stored(world / "store"), examine.head(world / "store")
        earlier = {name: content(world / name) for name in scene.files}
        log = self.folder / "calls.log"
        log.unlink(missing_ok=True)
        self.control.arm(world, log=log, said=self.out)
        ran = self.run(world, command, feed=scene.feed, settings=scene.settings, variants=variants)
        self.control.disarm()
        assert ran.code == 0, (scene.name, ran)
        files = {name: (earlier[name], content(world / name)) for name in scene.files}
        after = tuple(sorted(examine.stored(world / "store").elements()))
        calls = tuple(shim.calls(log))
        return Reference(world, calls, tuple(sorted(before.elements())), head, after, files, command, ran)

    # --- plays

    def play(  # noqa: PLR0913 - a kill or a failure, and where
        self,
        scene: Scene,
        reference: Reference,
        mode: Mode,
        at: int,
        *,
        error: int = 0,
        classes: Class = NONE,
        once: bool = False,
        only: str = "",
        variants: Sequence[str] = (),
        start: Path | None = None,
        log: Path | None = None,
    ) -> Result:
        """Play a scene with something happening at a call, then the same command again; `start` is another world."""
        if start:
            world = self.folder / "world"
            shutil.rmtree(world, ignore_errors=True)
            shutil.copytree(start, world, symlinks=True)
        else:
            world = self.fresh(scene)
        self.control.arm(world, mode, at, error, classes, once=once, only=only, log=log, said=self.out if log else None)
        ran = self.run(world, reference.command, feed=scene.feed, settings=scene.settings, variants=variants)
        _, happened = self.control.disarm()
        result = Result(happened=happened, ran=ran)
        said = self.folder / "said.txt"
        said.write_bytes(ran.out)
        result.problems += self.checked(world, scene, reference, said, variants)
        return result

    def checked(
        self, world: Path, scene: Scene, reference: Reference, said: Path | None, variants: Sequence[str] = ()
    ) -> list[str]:
        """Examine a world in which a scene's command broke off, run it again, and examine the world again.

        A world that is to the byte one that was examined before, what was said included, has that one's problems.
        """
        told = said.read_bytes() if said else b""
        known = self._known, (scene.name, reference.count, tuple(variants), told, alike(world))
        return self._once(*known, lambda: self._checked(world, scene, reference, said, variants))

    def _once(self, known: dict[Any, list[str]], key: object, work: Callable[[], list[str]]) -> list[str]:
        if key not in known:
            known[key] = work()
        return known[key]

    def _checked(
        self, world: Path, scene: Scene, reference: Reference, said: Path | None, variants: Sequence[str]
    ) -> list[str]:
        store = str(world / "store")
        problems = list(self.examined("after_crash", store, str(said or ""), reference.before, reference.head))
        if said and b"Made an empty store" in said.read_bytes() and not (world / "store/FORMAT").exists():
            problems.append("lost: the store")
        for name, known in reference.files.items():
            if content(world / name) not in known:
                problems.append(f"half written: {name}")
        again = self.run(world, reference.command, feed=scene.feed, settings=scene.settings, variants=variants)
        if not ended_well(again, scene):
            problems.append(f"refused: {again.code} {again.err.strip()[:200]}")
        for name, (_, known) in reference.files.items():
            if content(world / name) != known:
                problems.append(f"not written: {name}")
        self.run(world, [*scenes.STORE, "status"])  # whatever comes next catches up
        scratch = str(self.folder / "rebuilt.sqlite")
        key = ("after", scene.name, alike(world))
        work = partial(self.examined, "after_all", store, reference.after, scratch, str(world))
        return problems + self._once(self._known, key, work)


def ended_well(ran: Ran, scene: Scene) -> bool:
    """Tell whether the same command again did what was left to do, or said that nothing was."""
    if ran.code == 0:
        return True
    # a store that is there already, a finding that is waived already: the work was done
    done = {"init": "there is a store at", "waive, in the store": "no finding", "waive, in a project": "no finding"}
    return ran.code == 3 and done.get(scene.name, "\0") in ran.err


_CHANGING = re.compile(r"(tmp_(?:pack|idx|obj)_|restoring-|-new-|\.fsck-)\w+")


def alike(world: Path) -> bytes:
    """Give a digest of a world's names and bytes, without what names a process or is drawn at random."""
    found = sha256()
    for folder, folders, names in os.walk(world):
        folders.sort()
        for name in sorted(names):
            path = Path(folder, name)
            found.update(_CHANGING.sub(r"\1", str(path.relative_to(world))).encode() + b"\0")
            if path.is_symlink():  # git's probe, which leads nowhere
                found.update(b"symbolic link")
            elif name not in {"lock", "queue"}:
                found.update(sha256(path.read_bytes()).digest())
        found.update(f"{_CHANGING.sub('', folder.removeprefix(str(world)))}\0".encode())
    return found.digest()


def content(file: Path) -> bytes | None:
    """Read a file, None where there is none."""
    with suppress(FileNotFoundError):
        return file.read_bytes()
    return None
