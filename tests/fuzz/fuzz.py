"""Fuzz for as long as you like: `python tests/fuzz/fuzz.py --minutes 60 --jobs 2`, with seeds of chance unless `--seed`.

The targets of `make test`, turn by turn, each with new cases. A case that breaks a law is made small, kept in the
folder `--keep`, and told; the table at the end counts cases, refusals and crashes. `--engine atheris` lets coverage
lead the way, where atheris is installed.
"""

# ruff: noqa: E501, T201 - it prints its table
from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import os
import queue
import random
import subprocess
import sys
import time
import traceback
from collections import Counter
from multiprocessing.process import BaseProcess
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:1] = [str(HERE.parent), str(HERE.parent.parent)]  # not this folder: a module of its name lies in it

from fuzz.targets import TARGETS, Hang, run  # noqa: E402 - the folders above have to be named first
from hypothesis import HealthCheck, Phase, given, seed, settings  # noqa: E402 - likewise

TURN = 100
"""Cases of one target before the next has its turn."""

LONGEST = 4_000
"""Bytes of chance that atheris gives to one case."""

READERS = ("provenance.engine", "provenance.sources", "provenance.app.gate", "provenance.store.codec")
"""What is imported for atheris, which sees only what it has instrumented: much of it is imported late."""


class Told(Counter[tuple[str, str]]):
    """How many cases, refusals, crashes and seconds a target has had."""


def turn(name: str, number: int, keep: Path, told: Told, end: float) -> None:
    """Try one target on new cases; keep what breaks it."""
    last: list[object] = [None]

    def act(value: object) -> None:
        if time.monotonic() > end:
            return
        last[0] = value
        told[name, "cases"] += 1
        told[name, "refused"] += not run(name, value)

    whole = settings(
        max_examples=TURN,
        deadline=None,
        database=None,
        derandomize=False,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    begun = time.process_time()
    try:
        seed(number)(whole(given(TARGETS[name].inputs)(act)))()
    except (Exception, Hang) as error:  # noqa: BLE001 - whatever it is, it is what we look for
        told[name, "crashes"] += 1
        _keep(name, last[0], error, keep)
    told[name, "ms"] += int(1000 * (time.process_time() - begun))


def _keep(name: str, value: object, error: BaseException, keep: Path) -> None:
    """Write down a case with its trace, once for each place in the code."""
    trace = "".join(traceback.format_exception(error))
    places = [line for line in trace.splitlines() if "provenance/" in line or "targets.py" in line]
    which = hashlib.sha256("".join(places[-3:]).encode(errors="replace")).hexdigest()[:8]
    file = keep / f"{name.replace(' ', '-')}-{which}.txt"
    if not file.exists():
        keep.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{value!r}\n\n{trace}", encoding="utf-8", errors="backslashreplace")
        print(f"{name}: {type(error).__name__}: {str(error)[:200]!r}, kept in {file}", flush=True)


def work(names: list[str], minutes: float, start: int, keep: Path, told: object) -> None:
    """Take turns until the time is over."""
    end = time.monotonic() + 60 * minutes
    counts, number = Told(), random.Random(start).getrandbits(48)
    while time.monotonic() < end:
        for name in names:
            number += 1
            if time.monotonic() < end:
                turn(name, number, keep, counts, end)
    told.put(counts)  # type: ignore[attr-defined]


def with_atheris(name: str, minutes: float, keep: Path) -> int:
    """Let atheris look for cases of one target, in a process of its own; give its exit code."""
    script = (
        "import sys, atheris\n"
        f"sys.path[:0] = {[str(HERE.parent), str(HERE.parent.parent)]!r}\n"
        "with atheris.instrument_imports(include=['provenance']):\n"
        "    import importlib, pkgutil, provenance\n"
        "    from fuzz.targets import TARGETS, run\n"
        "    for each in pkgutil.walk_packages(provenance.__path__, 'provenance.'):\n"
        f"        if each.name.startswith({READERS!r}): importlib.import_module(each.name)\n"
        "from hypothesis import HealthCheck, given, settings\n"
        f"name = {name!r}\n"
        "@settings(database=None, deadline=None, suppress_health_check=list(HealthCheck))\n"
        "@given(TARGETS[name].inputs)\n"
        "def act(value): run(name, value)\n"
        "atheris.Setup(sys.argv, act.hypothesis.fuzz_one_input)\n"
        "atheris.Fuzz()\n"
    )
    keep.mkdir(parents=True, exist_ok=True)
    corpus = keep / "corpus" / name.replace(" ", "-")
    corpus.mkdir(parents=True, exist_ok=True)
    (corpus / "chance").write_bytes(os.urandom(LONGEST))  # what hypothesis makes a case of: few bytes make none
    given_ = [
        f"-max_total_time={int(60 * minutes)}",
        f"-artifact_prefix={keep}/",
        "-print_final_stats=1",
        f"-max_len={LONGEST}",
        "-len_control=0",
        "-rss_limit_mb=4096",
        str(corpus),
    ]
    return subprocess.run([sys.executable, "-c", script, *given_], check=False).returncode


def table(told: Told, minutes: float) -> str:
    """Lay out what was tried."""
    lines = [f"{'target':<28}{'cases':>10}{'refused':>10}{'crashes':>9}{'cases/s':>9}"]
    for name in sorted({name for name, _ in told}):
        cases, seconds = told[name, "cases"], told[name, "ms"] / 1000
        rate = f"{cases / seconds:,.0f}" if seconds else "-"
        lines.append(f"{name:<28}{cases:>10,}{told[name, 'refused']:>10,}{told[name, 'crashes']:>9,}{rate:>9}")
    whole = {what: sum(n for (_, each), n in told.items() if each == what) for what in ("cases", "refused", "crashes")}
    lines.append(
        f"{'all':<28}{whole['cases']:>10,}{whole['refused']:>10,}{whole['crashes']:>9,}  in {minutes:g} minutes"
    )
    return "\n".join(lines)


def gathered(jobs: list[BaseProcess], told: multiprocessing.Queue[Told]) -> Told:
    """Add up what the jobs tell; one that ends without a word is a crash of its own."""
    whole, silent = Told(), set(range(len(jobs)))
    while silent:
        try:
            whole.update(told.get(timeout=5))
            silent.pop()
        except queue.Empty:
            if len(ended := [job for job in jobs if job.exitcode]) >= len(silent):
                print(f"{len(ended)} jobs ended with {[job.exitcode for job in ended]}")
                whole["jobs that died", "crashes"] += len(silent)
                break
    return whole


def main() -> int:
    """Fuzz, print the table, and give 1 where something broke."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--minutes", type=float, default=1)
    asked.add_argument("--jobs", type=int, default=1)
    asked.add_argument("--seed", type=int, default=None, help="where chance begins [default: anywhere]")
    asked.add_argument("--targets", default="", help=f"some of: {', '.join(TARGETS)}")
    asked.add_argument(
        "--keep", type=Path, default=Path(".hypothesis") / "fuzz", help="where cases that break are kept"
    )
    asked.add_argument("--engine", choices=("hypothesis", "atheris"), default="hypothesis")
    given_ = asked.parse_args()
    names = [each.strip() for each in given_.targets.split(",") if each.strip()] or list(TARGETS)
    if given_.engine == "atheris":
        return max(with_atheris(name, given_.minutes / len(names), given_.keep) for name in names)
    start = given_.seed if given_.seed is not None else int.from_bytes(os.urandom(6), "big")
    spawn = multiprocessing.get_context("spawn")
    told: multiprocessing.Queue[Told] = spawn.Queue()
    jobs = []
    for n in range(given_.jobs):
        mine = names[n % len(names) :] + names[: n % len(names)]
        jobs.append(spawn.Process(target=work, args=(mine, given_.minutes, start + n, given_.keep, told)))
        jobs[-1].start()
    whole = gathered(jobs, told)
    print(f"seed {start}, {given_.jobs} jobs\n{table(whole, given_.minutes)}")
    return int(any(what == "crashes" and n for (_, what), n in whole.items()))


if __name__ == "__main__":
    sys.exit(main())
