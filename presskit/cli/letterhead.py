"""``presskit letterhead``."""

from __future__ import annotations

import textwrap
from pathlib import Path

import click

from presskit.cli.common import count, echo_json, open_office
from presskit.desk.letterhead import CheckedLetterhead
from presskit.desk.letterhead import check as check_letterhead

_WIDTH = 96


@click.group()
def letterhead() -> None:
    """Look after the Word letterhead."""


@letterhead.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
def check(context: click.Context, file: Path | None, as_json: bool) -> None:
    """Tell what is missing on the Word letterhead FILE, and what to do about it in Word.

    Without FILE it looks at the office's own. It changes nothing; exit code 1 says that no
    release can be set on it.
    """
    path, shown = (file, str(file)) if file else _own(context)
    found = check_letterhead(path, shown)
    if as_json:
        echo_json(found.as_json())
    else:
        _echo(found)
    if not found.usable:
        context.exit(1)


def _own(context: click.Context) -> tuple[Path, str]:
    office = open_office(context)
    return office.letterhead_file, office.shown(office.letterhead_file)


def _echo(found: CheckedLetterhead) -> None:
    for each in found.findings:
        place = f"{each.place}: " if each.place else ""
        click.echo(f"{each.severity}: {place}{each.message}")
        click.echo(
            textwrap.fill(each.advice, _WIDTH, initial_indent="    ", subsequent_indent="    ")
        )
    if found.places:
        click.echo("\nFields and where they stand:")
        width = max(len(tag) for tag, _ in found.places)
        for tag, places in found.places:
            click.echo(f"  {tag:{width}}  {', '.join(places)}")
        if found.absent:
            click.echo(f"Fields that stand nowhere: {', '.join(found.absent)}.")
        click.echo()
    errors = sum(each.severity == "error" for each in found.findings)
    verdict = "can be used" if found.usable else f"cannot be used: {count(errors, 'error')}"
    click.echo(f"{found.file} {verdict}, {count(len(found.findings), 'finding')}.")
