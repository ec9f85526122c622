"""``presskit preview``."""

from __future__ import annotations

from pathlib import Path

import click

from presskit.cli.common import open_office, say_what_was_settled
from presskit.desk.preview import preview as preview_draft


@click.command()
@click.argument("draft", type=click.Path(path_type=Path))
@click.option(
    "--to",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Where to write (default: preview/ in the office).",
)
@click.pass_context
def preview(context: click.Context, draft: Path, folder: Path | None) -> None:
    """Set DRAFT on the letterhead as Word, mail and text, marked as a draft, to look at.

    It draws no number and files nothing.
    """
    office = open_office(context)
    done = preview_draft(office, draft, folder or office.folder / "preview")
    say_what_was_settled(office)
    click.echo(done.title)
    for each in done.files:
        click.echo(f"  {office.shown(each)}")
