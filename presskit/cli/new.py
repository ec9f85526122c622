"""``presskit new``."""

from __future__ import annotations

import click

from presskit.cli.common import open_office
from presskit.desk.drafts import begin_draft


@click.command()
@click.argument("title")
@click.option(
    "--series", metavar="LETTER", help="P, NL, QR … (default: the first of presskit.toml)."
)
@click.pass_context
def new(context: click.Context, title: str, series: str | None) -> None:
    """Begin a draft with a filled head in drafts/.

    For a statement (QR) TITLE is the person who speaks. It draws no number.
    """
    office = open_office(context)
    path = begin_draft(office, title, series)
    click.echo(f"Write your text into {office.shown(path)}, then `presskit publish` it.")
