"""However a command is ended from outside: it lets go of all, says so in one line, and its exit code is known."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from command import PROV, clean_environ
from inside import ARTICLE, Prov

from provenance.cli import main
from provenance.store import Store


class Ending(io.RawIOBase):
    """A standard input at which the process is told to end."""

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, _: object) -> int:
        """Have the signal sent to oneself."""
        os.kill(os.getpid(), signal.SIGTERM)
        return 0


def test_who_is_told_to_end_lets_go_and_ends_with_143(
    world: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """SIGTERM is one line; afterwards the store is free, and the signal does what it did before."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(Ending())))

    assert 143 == main(["ingest", "-"])

    assert "prov: terminated\n" == capfd.readouterr().err
    assert signal.SIG_DFL == signal.getsignal(signal.SIGTERM)
    with Store.open(world / "store").locked(timeout=0):
        pass


def test_a_program_around_keeps_its_own_plan_for_sigterm(prov: Prov, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who calls `main` from Python has its signals to itself."""
    told: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _: told.append(number))
    try:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(Ending())))
        assert 0 == prov("init").code
        main(["ingest", "-"])
    finally:
        signal.signal(signal.SIGTERM, before)

    assert set(told) <= {signal.SIGTERM}


@pytest.mark.parametrize("arguments", [("log", ARTICLE), ("status", "--format", "json")])
def test_a_reader_that_goes_away_is_no_failure(world: Path, arguments: tuple[str, ...]) -> None:
    """`prov ... | head` ends with 0 and says nothing."""
    assert (0, "") == into_a_closed_pipe(world, *arguments)


def test_what_is_to_be_stored_is_stored_whoever_reads_of_it(world: Path) -> None:
    """A closed pipe stops nothing but the words."""
    (world / "b.txt").write_text("Second\n\nAnother story.\n", encoding="utf-8")
    head = Store.open(world / "store").head()

    assert (0, "") == into_a_closed_pipe(world, "ingest", "b.txt", "--url", "https://courier.example/b")

    assert head != Store.open(world / "store").head()


@pytest.mark.parametrize("closed", [">&-", "<&- >&- 2>&-"])
def test_a_command_may_be_started_without_streams(world: Path, closed: str) -> None:
    """The store's files never take the number of a stream that is not there."""
    ran = subprocess.run(
        ["/bin/sh", "-c", f'"{PROV}" status {closed}'], cwd=world, env=clean_environ(world), check=False, timeout=120
    )

    assert 0 == ran.returncode


def test_a_full_disk_behind_standard_output_is_one_line(world: Path) -> None:
    """What could not be printed is told, once."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        ran = subprocess.run(
            [PROV, "status"], cwd=world, env=clean_environ(world), stdout=full, stderr=subprocess.PIPE, check=False
        )

    assert (3, b"prov: disk full\n") == (ran.returncode, ran.stderr)


def into_a_closed_pipe(cwd: Path, *arguments: str) -> tuple[int, str]:
    """Run a command whose reader is gone, and give its exit code and what it said on standard error."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        ran = subprocess.run(
            [PROV, *arguments], cwd=cwd, env=clean_environ(cwd), stdout=writer, stderr=subprocess.PIPE, check=False
        )
    finally:
        os.close(writer)
    return ran.returncode, ran.stderr.decode()
