"""`prov lock`: write down of which revision each republished file was made, as far as its text bears that out."""

from __future__ import annotations

from pathlib import Path

from provenance.app.gate import lock
from provenance.app.gate.answering import Progress, silently
from provenance.app.gate.check import look
from provenance.app.gate.scope import Scope
from provenance.app.gate.upstreams import Upstreams


def lock_up(upstreams: Upstreams, scope: Scope, progress: Progress = silently) -> tuple[Path, int]:
    """Write the lock of a project, and give its path and the number of articles locked in the scope.

    What was locked before counts as a pointer like any other; files outside of the scope stay locked as they were.
    """
    looked = look(upstreams, scope, progress=progress)
    made = lock.made(looked.lock, looked.answers, upstreams.head, scope.names)
    return lock.write(scope.project.root, made), sum(1 for each in looked.answers if each.against)
