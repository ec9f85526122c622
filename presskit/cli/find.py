"""``presskit find``."""

from __future__ import annotations

import click

from presskit.cli.common import echo_json, open_office, say_what_was_settled
from presskit.desk.find import find as find_releases
from presskit.errors import NumberError


@click.command()
@click.argument("words", nargs=-1)
@click.option(
    "--limit", type=click.IntRange(1), default=20, show_default=True, help="How many at most."
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
def find(context: click.Context, words: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Find releases by number in any spelling (P 309/2017, p309/17, 309) or by words.

    Without WORDS it lists the newest.
    """
    office = open_office(context)
    found = find_releases(office, words, limit)
    say_what_was_settled(office)
    if as_json:
        echo_json([each.as_json() for each in found])
    elif not found:
        raise NumberError(
            "nothing is filed under {words}.",
            remedy="`presskit find` without words lists the newest.",
            words=" ".join(words) or "this archive yet",
        )
    else:
        width = max(len(str(each.reference)) for each in found)
        for each in found:
            click.echo(f"{each.reference!s:{width}}  {each.date:%d.%m.%Y}  {each.title}")
