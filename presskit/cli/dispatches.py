"""``presskit dispatches``."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import click

from presskit.cli.common import count, echo_json, open_office
from presskit.desk.dispatches import RESOLVABLE, DispatchStory, Resolvable, list_dispatches
from presskit.desk.dispatches import resolve as resolve_deliveries


class _ShowUnlessNamed(click.Group):
    """Takes anything that is no subcommand for the arguments of ``show``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """``dispatches 309`` is ``dispatches show 309``."""
        if not args or (args[0] not in self.commands and args[0] not in ("-h", "--help")):
            args = ["show", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_ShowUnlessNamed)
def dispatches() -> None:
    """Show who got a release and who did not; decide on the uncertain and the refused.

    `presskit dispatches [REFERENCE]` lists. It never sends.
    """


@dispatches.command()
@click.argument("reference", required=False)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
def show(context: click.Context, reference: str | None, as_json: bool) -> None:
    """List the dispatches of REFERENCE, or all, with those who were not reached."""
    office = open_office(context)
    stories = list_dispatches(office, reference)
    if as_json:
        echo_json([_as_json(each) for each in stories])
        return
    zone = ZoneInfo(office.settings.association.time_zone)
    for each in stories:
        counts = ", ".join(f"{number} {state}" for state, number in each.dispatch.counts.items())
        when = each.dispatch.started_at.astimezone(zone).strftime("%d.%m.%Y %H:%M")
        lists = ", ".join(each.dispatch.lists)
        click.echo(f"{each.dispatch.id}  {each.reference}  to {lists}, {when}: {counts}")
        for delivery in each.not_reached:
            click.echo(f"    {delivery.state}: {delivery.address}  {delivery.reply}".rstrip())
    if not stories:
        click.echo("Nothing has been sent yet.")


@dispatches.command()
@click.argument("number", type=int)
@click.option("--resend", is_flag=True, help="Make them open again, for the next `presskit send`.")
@click.option("--drop", is_flag=True, help="Give them up: they are not written to for this.")
@click.option(
    "--of", "state", type=click.Choice(RESOLVABLE), default=RESOLVABLE[0], show_default=True
)
@click.pass_context
def resolve(
    context: click.Context, number: int, resend: bool, drop: bool, state: Resolvable
) -> None:
    """Decide on the uncertain deliveries of dispatch NUMBER, or on the refused or deferred.

    Uncertain are those whose message was on its way when the line or presskit broke off: they may
    have it. Refused are those whose address the server turned away for good, deferred those whom
    the next `presskit send` tries again by itself.
    """
    if resend == drop:
        raise click.UsageError("Say either --resend or --drop.")
    office = open_office(context)
    done = resolve_deliveries(office, number, state, resend=resend)
    click.echo(f"{count(done, 'delivery', 'deliveries')} {'open again' if resend else 'given up'}.")


def _as_json(story: DispatchStory) -> dict[str, object]:
    dispatch = story.dispatch
    return {
        "dispatch": dispatch.id,
        "reference": str(story.reference),
        "sha256": dispatch.sha256,
        "lists": list(dispatch.lists),
        "started_at": dispatch.started_at.isoformat(),
        "by": dispatch.who,
        "counts": dict(dispatch.counts),
        "not_reached": [
            {"address": each.address, "list": each.list, "state": each.state, "reply": each.reply}
            for each in story.not_reached
        ],
    }
