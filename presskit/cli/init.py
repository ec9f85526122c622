"""``presskit init``."""

from __future__ import annotations

from pathlib import Path

import click

from presskit.desk.found import found_office


@click.command()
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Make a new office in DIR: settings, templates, sample drafts and sample lists.

    It never writes into a folder that is not empty.
    """
    written = found_office(folder)
    click.echo(f"A new office in {folder}, {len(written)} files.")
    click.echo("Next: put your association into presskit.toml, then `presskit new TITLE`.")
