"""``presskit demo``."""

from __future__ import annotations

from pathlib import Path

import click

from presskit.cli.common import who_option
from presskit.cli.progress import ProgressBar
from presskit.desk.demo import CAUGHT, Demonstration, demonstrate, fresh_folder


@click.command()
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@who_option
def demo(folder: Path | None, who: str) -> None:
    """See all of it at work: a fresh office in DIR, a release published, filed and sent.

    The mail goes over SMTP to a catcher on this machine; nothing leaves it.
    """
    place = folder or fresh_folder(Path("presskit-demo"))
    _echo(demonstrate(place, who, ProgressBar()))


def _echo(done: Demonstration) -> None:
    folder = done.folder
    click.echo(f"A fresh office                  {folder}")
    for each in done.publications:
        bag = each.folder.relative_to(folder.resolve())
        click.echo(f"Published {each.reference!s:12} filed in {folder / bag}")
    release = done.publications[0]
    data = folder / release.folder.relative_to(folder.resolve()) / "data"
    click.echo(f"\n{release.reference}: {release.title}")
    for rendition in release.renditions:
        click.echo(f"  {rendition.format:5} {data / rendition.file_name}")
    lists = ", ".join(each.title for each in done.report.after.lists)
    click.echo(f"\nSent to {lists}: {done.report.sent} accepted by the mail server.")
    click.echo(f"  The catcher kept {done.caught} messages in {folder / CAUGHT} (a Maildir).")
    click.echo("\nNext:")
    for command in (
        f"cd {folder}",
        'presskit show "P 309/2017" --open docx',
        "presskit find Quartier",
        'presskit new "My first release"',
    ):
        click.echo(f"  {command}")
