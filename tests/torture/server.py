"""A process with the shim loaded and prov imported once, which forks a child for every command that it is sent.

A fresh start of prov takes most of a second; a child of this takes as long as its work. Run by `harness.Server` only:
one JSON object a line comes in on standard input, one goes out on standard output for each.
"""

from __future__ import annotations

import contextlib
import gc
import io
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

Job = Mapping[str, Any]


def main() -> None:
    """Warm up in a scratch folder, then serve until standard input ends."""
    warm(Path(sys.argv[1]))
    gc.freeze()
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # whatever prints goes elsewhere
    out.write("{}\n")
    out.flush()
    for line in sys.stdin:
        out.write(json.dumps(serve(json.loads(line))) + "\n")
        out.flush()


def serve(job: Job) -> dict[str, Any]:
    """Run the commands of a job at once, in one process group; kill it after `delay` seconds where there is one."""
    started = time.monotonic()
    group = 0
    children = []
    for each in job["commands"]:
        child = fork(lambda each=each: run(job, each), group, each)
        group = group or child
        children.append(child)
    if job.get("delay"):
        time.sleep(job["delay"])
        os.killpg(group, signal.SIGKILL)
    statuses = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    if any(status == -signal.SIGKILL for status in statuses):
        gone(group)
    return {"codes": statuses, "seconds": time.monotonic() - started}


def gone(group: int) -> None:
    """Make sure that nobody of a group is left: a git that dies after its prov would still hold the lock."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            os.killpg(group, signal.SIGKILL)
        except ProcessLookupError:
            return
        time.sleep(0.001)


def fork(work: Callable[[], int], group: int, command: Job) -> int:
    """Start a child in a process group, its own where that is 0, with the command's files as its standard ones."""
    child = os.fork()
    if child:
        with contextlib.suppress(PermissionError, ProcessLookupError):  # it did so itself, and may be done
            os.setpgid(child, group)
        return child
    code = 99
    try:
        os.setpgid(0, group)
        for number, name, flags in (
            (0, command.get("feed") or os.devnull, os.O_RDONLY),
            (1, command["out"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
            (2, command["err"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC),
        ):
            found = os.open(name, flags, 0o600)
            os.dup2(found, number)
            os.close(found)
        sys.stdin = io.TextIOWrapper(io.FileIO(0), encoding="utf-8")
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(io.FileIO(1, "w")), encoding="utf-8")
        sys.stderr = io.TextIOWrapper(io.BufferedWriter(io.FileIO(2, "w")), encoding="utf-8", write_through=True)
        code = work()
    except BaseException:  # noqa: BLE001 - it must not come back into the server's loop
        import traceback

        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            try:
                stream.flush()
            except OSError:
                code = code or 98
        os._exit(code)


def run(job: Job, command: Job) -> int:
    """Do one command in the child: prov, or a function of the harness as `module:function`."""
    os.chdir(job["cwd"])
    arrange(job.get("settings", {}))
    for variant in job.get("variants", ()):
        import naive

        naive.VARIANTS[variant]()
    if "call" in command:
        module, _, name = command["call"].partition(":")
        code: int = getattr(__import__(module), name)(*command["arguments"])
        return code
    return prov(command["arguments"])


def prov(arguments: Sequence[str]) -> int:
    """Run the command line."""
    from provenance.cli import main as command_line

    return command_line(list(arguments))


def arrange(settings: Mapping[str, int]) -> None:
    """Make groups and batches so small that a few articles fill several."""
    from provenance.app import catch_up, ingest
    from provenance.store import upkeep, writing

    writing.GROUP = settings.get("group", writing.GROUP)
    upkeep.MANY = settings.get("packs", upkeep.MANY)
    ingest.COUNT = settings.get("batch", ingest.COUNT)
    if "chunk" in settings:
        catch_up.catch_up.__kwdefaults__["count"] = settings["chunk"]


def warm(scratch: Path) -> None:
    """Run what the children will run, so that everything is imported before the first fork."""
    import scenes

    os.chdir(scratch)
    for each in scenes.WARM_UP:
        sys.stdout = io.StringIO()
        prov(each)
    sys.stdout = sys.__stdout__
    import examine  # noqa: F401 - the children want it


if __name__ == "__main__":
    main()
