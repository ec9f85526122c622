"""``presskit publish``."""

from __future__ import annotations

from pathlib import Path

import click

from presskit.cli.common import open_office, say_what_was_settled, who_option
from presskit.desk.publish import plan_publication
from presskit.desk.publish import publish as publish_draft


@click.command()
@click.argument("draft", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would be done; draw no number.")
@who_option
@click.pass_context
def publish(context: click.Context, draft: Path, dry_run: bool, who: str) -> None:
    """Give DRAFT its number, set it on the letterhead as Word, mail and text, and file it.

    It sends nothing.
    """
    office = open_office(context)
    plan = plan_publication(office, draft)
    say_what_was_settled(office)
    if dry_run:
        click.echo(f"Would publish {plan.expected}: {plan.draft.title}")
        for each in plan.renditions:
            click.echo(f"  {each.file_name}  {len(each.content):,} bytes")
        for attachment in plan.draft.attachments:
            click.echo(f"  {attachment.file_name}  {len(attachment.content):,} bytes, attached")
        return
    done = publish_draft(office, plan, who)
    click.echo(f"{done.reference}  {done.title}")
    for each in done.renditions:
        click.echo(f"  {office.shown(done.folder / 'data' / each.file_name)}")
    lists = "" if plan.draft.lists else " --to LIST"
    click.echo(f'Next: `presskit send "{done.reference}"{lists} --dry-run` shows who would get it.')
