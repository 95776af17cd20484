"""The one place where an error becomes a line on standard error and an exit code."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Sequence

import click

from provenance.cli.endings import TerminatedError, flush, prepare_streams, terminable
from provenance.cli.group import prov
from provenance.cli.words import one_line
from provenance.errors import ProvError

BUG = 70
INTERRUPTED = 130
TERMINATED = 143


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit code: 0, 1, 2, 3, 4, 70, 130 or 143."""
    prepare_streams()
    with terminable():
        code = _run(arguments)
    try:
        flush()
    except BrokenPipeError:  # the streams are those of a program around us
        return code
    except OSError as error:
        complain(_of_system(error))
        return ProvError.exit_code
    return code


def complain(message: str, hint: str = "") -> None:
    """Write one line about what went wrong on standard error, with the way out in brackets."""
    with contextlib.suppress(BrokenPipeError):
        click.echo(f"prov: {one_line(message)}{f' ({one_line(hint)})' if hint else ''}", err=True)


def _run(arguments: Sequence[str] | None) -> int:
    try:
        code = prov.main(arguments, prog_name="prov", standalone_mode=False)
    except click.ClickException as error:
        return _refuse_usage(error)
    except (click.Abort, KeyboardInterrupt):
        complain("interrupted")
        return INTERRUPTED
    except TerminatedError:
        complain("terminated")
        return TERMINATED
    except ProvError as error:
        complain(str(error), error.hint)
        return error.exit_code
    except OSError as error:
        complain(_of_system(error))
        return ProvError.exit_code
    except Exception as error:  # noqa: BLE001 - the last place: a bug is told in one line, its trace kept for whoever mends it
        return _confess(error, arguments)
    return code if isinstance(code, int) else 0


def _refuse_usage(error: click.ClickException) -> int:
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "prov"
    complain(error.format_message(), hint=f"see `{path} --help`")
    return 2


def _of_system(error: OSError) -> str:
    name = error.filename if isinstance(error.filename, str) else os.fsdecode(error.filename or b"")
    reason = "disk full" if error.errno == errno.ENOSPC else (error.strerror or str(error)).lower()
    return f"{name}: {reason}" if name else reason


def _confess(error: Exception, arguments: Sequence[str] | None) -> int:
    # The trace names files and holds text from outside: it goes to the log only, unless asked for.
    import traceback
    from hashlib import sha256

    from provenance.cli.log_file import keep

    trace = "".join(traceback.format_exception(error))
    name = sha256(trace.encode(errors="backslashreplace")).hexdigest()[:8]
    if os.environ.get("PROV_DEBUG"):
        click.echo(trace, err=True)
    given = list(sys.argv[1:] if arguments is None else arguments)
    with prov.make_context("prov", given, resilient_parsing=True) as context:
        where = keep(name, trace, context.params.get("store"))
    complain(f"internal error, id {name}", hint=f"trace in {where}" if where else "PROV_DEBUG=1 shows the trace")
    return BUG
