"""``presskit dispatches``."""

from __future__ import annotations

import click

from presskit.cli.common import echo_json, open_office
from presskit.desk.dispatches import DispatchStory, list_dispatches
from presskit.desk.dispatches import resolve as resolve_uncertain


@click.group(invoke_without_command=True)
@click.pass_context
def dispatches(context: click.Context) -> None:
    """Show who got a release and who did not; resolve the uncertain.

    It never sends.
    """
    if context.invoked_subcommand is None:
        context.invoke(show)


@dispatches.command()
@click.argument("reference", required=False)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
def show(context: click.Context, reference: str | None, as_json: bool) -> None:
    """List the dispatches of REFERENCE, or all, with those who were not reached."""
    stories = list_dispatches(open_office(context), reference)
    if as_json:
        echo_json([_as_json(each) for each in stories])
        return
    for each in stories:
        counts = ", ".join(f"{number} {state}" for state, number in each.dispatch.counts.items())
        when = each.dispatch.started_at.strftime("%Y-%m-%d %H:%M UTC")
        lists = ", ".join(each.dispatch.lists)
        click.echo(f"{each.dispatch.id}  {each.reference}  to {lists}, {when}: {counts}")
        for delivery in each.not_reached:
            click.echo(f"    {delivery.state}: {delivery.address}  {delivery.reply}".rstrip())
    if not stories:
        click.echo("Nothing has been sent yet.")


@dispatches.command()
@click.argument("number", type=int)
@click.option(
    "--resend/--drop",
    default=None,
    required=True,
    help="Send to the uncertain ones again, or leave it at that.",
)
@click.pass_context
def resolve(context: click.Context, number: int, resend: bool) -> None:
    """Decide on the uncertain deliveries of dispatch NUMBER.

    Uncertain are those whose message was on its way when the line or presskit broke off: they may
    have it. --resend makes them open again, for the next `presskit send`.
    """
    done = resolve_uncertain(open_office(context), number, resend=resend)
    click.echo(f"{done} {'are open again' if resend else 'are left as they are'}.")


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
