"""The command line: options, one call of the desk, echo. Commands are loaded when called."""

from __future__ import annotations

import importlib
import keyword
import sys

import click

from presskit import __version__
from presskit.errors import PresskitError

# In the order a release travels. The module of the same name holds the command.
COMMANDS = {
    "init": "Make a new office in a folder.",
    "new": "Begin a draft with a filled head.",
    "import": "Make drafts of Word files and of past releases' pages.",
    "check": "Take a second look at drafts; mend what is safe to mend.",
    "preview": "See a draft on the letterhead, without a number.",
    "publish": "Give a draft its number, set it on the letterhead and file it.",
    "send": "Send a filed release to distribution lists.",
    "dispatches": "Show who got a release and who did not; resolve the uncertain.",
    "find": "Find releases by number or words.",
    "show": "Show a filed release.",
    "letterhead": "Look at a Word letterhead: what is missing, what to do about it.",
    "demo": "See all of it at work, on this machine alone.",
}


def module_name(command: str) -> str:
    """The module of a command; a word of Python's own gets an underscore (PEP 8)."""
    return f"{command}_" if keyword.iskeyword(command) else command


class LazyGroup(click.Group):
    """A group that lists its commands without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order of a release's way."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        if cmd_name not in COMMANDS:
            return None
        name = module_name(cmd_name)
        command: click.Command = getattr(importlib.import_module(f"presskit.cli.{name}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list for ``--help``, from the table above."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="presskit")
@click.option(
    "--office", metavar="DIR", help="The office's folder (else PRESSKIT_OFFICE, else here)."
)
@click.pass_context
def presskit(context: click.Context, office: str | None) -> None:
    """A press office in a folder: releases written once, numbered, filed for good, and sent."""
    context.obj = office


def _refuse_broken_words(arguments: list[str]) -> None:
    """A word that is not in the terminal's encoding could be stored nowhere."""
    for each in arguments:
        if any("\ud800" <= sign <= "\udfff" for sign in each):
            raise PresskitError(
                "{word!r} is not in the encoding of this terminal.",
                remedy="Type it again, or set the terminal to UTF-8.",
                word=each,
            )


def main() -> None:
    """Run a command; a fault a person can mend ends with one sentence and exit code 1."""
    for stream in (sys.stdout, sys.stderr):
        # A Windows console or a pipe may be set to an encoding without umlauts.
        getattr(stream, "reconfigure", lambda **_: None)(encoding="utf-8", errors="replace")
    try:
        _refuse_broken_words(sys.argv[1:])
        presskit(standalone_mode=True)
    except PresskitError as error:
        click.echo(f"presskit: {error}", err=True)
        sys.exit(1)
