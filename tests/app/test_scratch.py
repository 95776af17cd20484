"""Folders for what is worked out and thrown away: each process keeps its own, and what the dead left goes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from provenance.app.scratch import PREFIX, scratch

MANY_TIMES = """if True:
    import sys
    from pathlib import Path
    from provenance.app.scratch import scratch
    for _ in range(150):
        with scratch(Path(sys.argv[1])) as folder:
            (folder / "mine").touch()
            assert (folder / "mine").exists()
"""


def test_nobody_takes_anothers_folder_for_a_dead_ones(tmp_path: Path) -> None:
    """Between its making and its locking a folder looks like one that was left behind."""
    command = [sys.executable, "-c", MANY_TIMES, str(tmp_path)]
    running = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(4)]

    assert [""] * 4 == [each.communicate()[1] for each in running]
    assert [] == list(tmp_path.iterdir())


def test_what_the_dead_left_is_removed(tmp_path: Path) -> None:
    """With all that is in it, by whoever works there next."""
    left = tmp_path / f"{PREFIX}gone"
    left.mkdir()
    (left / "ledger.sqlite").write_bytes(b"half")

    with scratch(tmp_path) as folder:
        assert [folder] == list(tmp_path.iterdir())
    assert [] == list(tmp_path.iterdir())
