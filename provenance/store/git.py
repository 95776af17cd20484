"""The only road to git: GitPython starts it by its absolute path, with an environment and settings of ours alone.

No hook, filter, monitor, user setting or protocol of the machine or of the store takes part, and nothing from outside
is ever an option: arguments are literals and full ids. GitPython is slow to import, so that it is left to what writes.
"""

from __future__ import annotations

import contextlib
import functools
import logging
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from subprocess import PIPE, Popen
from typing import IO, Any, NamedTuple, Protocol

from provenance.errors import GitMissingError
from provenance.store.surroundings import ENVIRONMENT, OLDEST, SETTINGS, on_path

_ENV = "/usr/bin/env"
_ALLOWED = ("PATH", "TMPDIR", "LD_LIBRARY_PATH", "LD_PRELOAD")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Git:
    """A git that is new enough, found at the start, and the one repository that it is put to."""

    program: Path
    repository: Path

    def start(self, *arguments: str, keep: Sequence[int] = ()) -> Process:
        """Start git with pipes to its standard input and output, and let it keep some open files of ours."""
        # env -i: GitPython can add to our environment, but not take away from it
        command = [_ENV, "-i", *(f"{name}={value}" for name, value in _environment().items()), *self._command]
        started = _library(self.program)().execute(
            [*command, *arguments], istream=PIPE, as_process=True, umask=0o077, pass_fds=tuple(keep)
        )
        return Process(started)

    def reading(self, *arguments: str) -> Process:
        """Start git for a look at objects, without GitPython: importing it takes longer than most looks."""
        started = Popen([*self._command, *arguments], stdin=PIPE, stdout=PIPE, stderr=PIPE, env=_environment())
        return Process(_Plain(started))

    def load(self) -> None:
        """Import what starting a git that writes takes."""
        _library(self.program)

    @property
    def _command(self) -> list[str]:
        command = [str(self.program), "--no-pager", "--no-replace-objects", f"--git-dir={self.repository}"]
        return command + [part for setting in SETTINGS for part in ("-c", setting)]

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """Run git to its end: its exit status, output and errors."""
        process = self.start(*arguments)
        return process.outcome()


class Process:
    """A git that is running."""

    def __init__(self, started: _Started) -> None:
        self._started = started  # GitPython would end the process when this goes
        self.stdin, self.stdout, self._stderr = started.proc.stdin, started.proc.stdout, started.proc.stderr

    def finish(self) -> tuple[int, str]:
        """Close the pipe into git, wait for its end, and give its exit status and what it complained of."""
        with contextlib.suppress(OSError):  # it may have ended already, and says below why
            self.stdin.close()
        errors = self._stderr.read().decode(errors="replace")
        status = self._started.proc.wait()
        self._close()
        return status, errors

    def outcome(self) -> tuple[int, str, str]:
        """Give it nothing, wait for its end, and give its exit status, its output and what it complained of."""
        output, errors = self._started.proc.communicate()
        return self._started.proc.wait(), output.decode(errors="replace"), errors.decode(errors="replace")

    def stop(self) -> None:
        """End git at once, whatever it was doing; a git that has ended stays as it is."""
        if self._started.proc.poll() is None:
            self._started.proc.kill()
        with contextlib.suppress(OSError):  # what was still to be written is not wanted any more
            self.stdin.close()
        self._started.proc.wait()
        self._close()

    def _close(self) -> None:
        self.stdout.close()
        self._stderr.close()


class _Popen(Protocol):
    """What we use of a running process; its pipes are all open."""

    stdin: IO[bytes]
    stdout: IO[bytes]
    stderr: IO[bytes]

    def poll(self) -> int | None: ...
    def wait(self) -> int: ...
    def communicate(self) -> tuple[bytes, bytes]: ...
    def kill(self) -> None: ...


class _Started(Protocol):
    """What GitPython gives for a process that it has started."""

    @property
    def proc(self) -> _Popen: ...


class _Plain(NamedTuple):
    """The same for a process that was started without it."""

    proc: Any


def find(repository: Path) -> Git:
    """Find a git that is new enough to work on a repository, or raise GitMissingError."""
    return Git(_program(os.environ.get("PATH", "")), repository.absolute())


@functools.cache
def _program(path: str) -> Path:
    program = on_path(path)
    found = _version(program)
    wanted = ".".join(map(str, OLDEST))
    if found < OLDEST:
        said = ".".join(map(str, found)) or "unknown"
        raise GitMissingError(f"git {said} at {program} is too old", hint=f"install git {wanted} or newer")
    _log.info("git %s at %s", ".".join(map(str, found)), program)
    return program


def _version(program: Path) -> tuple[int, ...]:
    status, output, _ = Git(program, Path(os.devnull)).reading("version").outcome()
    found = re.search(r"\d+(\.\d+)+", output)
    if status or not found:
        raise GitMissingError(f"{program} does not work", hint="install git")
    return tuple(map(int, found[0].split(".")))[:3]


def _environment() -> dict[str, str]:
    """Give all of the environment that git gets."""
    return ENVIRONMENT | {name: value for name, value in os.environ.items() if _allowed(name)}


def _allowed(name: str) -> bool:
    return name in _ALLOWED or name.startswith("PROV_")


@functools.cache
def _library(program: Path) -> Any:  # noqa: ANN401  # GitPython's class Git, which has no type for a running process
    """Import GitPython, which runs git to see that it is there: ours, and with none of the settings from outside."""
    outside = {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("GIT_")}
    os.environ["GIT_PYTHON_GIT_EXECUTABLE"] = str(program)
    try:
        import git
    except ImportError as error:
        raise GitMissingError(f"{program} does not work", hint="install git") from error
    finally:
        del os.environ["GIT_PYTHON_GIT_EXECUTABLE"]
        os.environ.update(outside)
    return git.Git
