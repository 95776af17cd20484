"""The `prov` command and its list of commands, each loaded only when it runs."""

from __future__ import annotations

from importlib import import_module

import click

from provenance import __version__

COMMANDS = {
    "init": "Make a new, empty store.",
    "ingest": "Store every article found in files, folders or standard input.",
    "status": "Say which copies are behind, and by what.",
    "log": "List the revisions of an article.",
    "show": "Print the text of an article.",
    "diff": "Show what changed between two revisions, or from an article to its copy.",
    "explain": "Show the evidence for what a copy carries and misses.",
    "check": "Fail where republished files miss a correction.",
    "patch": "Show what to change in a republished file, or change it.",
    "lock": "Write down of which revision each republished file was made.",
    "waive": "Accept a finding for a while, by name and with a reason.",
    "policy": "Say what fails a check, and where each value was set.",
    "report": "Write down what an editor looks at: a page, a PDF, a table.",
    "letter": "Write to a copy's publisher what its page still shows, and what is asked.",
    "export": "Write what a partner needs to check its copies without this store.",
    "fsck": "Check the store, and the ledger against it.",
    "backup": "Write every fact of the store into one file.",
    "restore": "Make a store of a backup, or of a bundle that somebody sent.",
    "rebuild": "Throw the ledger away and work it out again from the store.",
}
"""Name of a command → its help in one line; the module of that name in this package holds it as `command`."""


class Commands(click.Group):
    """A group that knows its commands' names and imports one only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Give the names in the order in which a person needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import the command of that name, None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"provenance.cli.{cmd_name}").command
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; an interrupt is told in our own words only."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt as error:
            raise click.Abort from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """Write the list of commands out of the table, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--store", metavar="DIR", help="The store  [default: $PROV_STORE, [tool.prov] store, ./store]")
@click.version_option(__version__, prog_name="prov", message="%(prog)s %(version)s")
@click.pass_context
def prov(ctx: click.Context, store: str | None) -> None:
    """Keep every revision of an article, and say which copies miss its corrections."""
    ctx.obj = store
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
