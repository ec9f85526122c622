"""``presskit send``."""

from __future__ import annotations

import click

from presskit.cli.common import open_office, say_what_was_settled, who_option
from presskit.cli.progress import ProgressBar
from presskit.desk.send import DispatchPlan, Report, plan_dispatch
from presskit.desk.send import send as send_release
from presskit.errors import DispatchError


@click.command()
@click.argument("reference")
@click.option(
    "--to", "lists", metavar="LIST", multiple=True, help="A list; give it again for more."
)
@click.option("--dry-run", is_flag=True, help="Show who would get it; send nothing.")
@who_option
@click.pass_context
def send(
    context: click.Context, reference: str, lists: tuple[str, ...], dry_run: bool, who: str
) -> None:
    """Send the filed release REFERENCE to distribution lists, each person once.

    Without --to it goes to the lists its draft named. Run again, it sends only what is still open.
    Exit code 0 means that everybody on the lists has it.
    """
    office = open_office(context)
    if dry_run:
        _echo_plan(plan_dispatch(office, reference, lists))
        return
    report = send_release(office, reference, lists, who, ProgressBar())
    say_what_was_settled(office)
    _echo_report(report)


def _echo_plan(plan: DispatchPlan) -> None:
    filed = plan.filed
    click.echo(f"{filed.reference}, version {filed.version}: {filed.title}")
    click.echo(f"  subject  {filed.mail_subject}")
    click.echo(f"  by       {plan.way}")
    for each in plan.lists:
        number = sum(member.list.key == each.key for member in plan.newcomers)
        click.echo(f"  to       {each.title} ({each.key}): {number}")
    for dispatch in plan.going_on:
        click.echo(f"  goes on  dispatch {dispatch.id}: {dispatch.open} open")
    if plan.already:
        click.echo(f"  not to   {plan.already} who are in the ledger for this version already")
    if plan.audience.duplicates:
        click.echo(f"  folded   {plan.audience.duplicates} entries that name a person again")
    _echo_problems(plan)
    for member in plan.newcomers:
        click.echo(f"    {member.recipient.address}  {member.recipient.full_name}".rstrip())
    click.echo(f"{plan.messages} messages would leave. Nothing was sent.")


def _echo_problems(plan: DispatchPlan) -> None:
    for each in plan.audience.problems:
        effect = " Left out." if each.left_out else ""
        click.echo(f"presskit: {each}{effect}", err=True)


def _echo_report(report: Report) -> None:
    plan = report.plan
    _echo_problems(plan)
    if not plan.messages:
        click.echo("Nothing was open: everybody on these lists is in the ledger already.")
    click.echo(f"{plan.filed.reference} by {plan.way}: {report.count('accepted')} accepted.")
    for each in report.not_reached:
        click.echo(f"  {each.state}: {each.address}  {each.reply}".rstrip())
    if report.whole:
        return
    missing = len(report.not_reached) + len(plan.audience.left_out)
    raise DispatchError(
        "{missing} on these lists do not have it.", remedy=_remedy(report), missing=missing
    )


def _remedy(report: Report) -> str:
    states = {each.state for each in report.not_reached}
    steps = []
    if states & {"planned", "deferred"}:
        steps.append("Run the same command again later: it sends only what is open.")
    if "uncertain" in states:
        steps.append("See `presskit dispatches` for the uncertain ones.")
    if "refused" in states or report.plan.audience.left_out:
        steps.append("Mend the addresses named above in their list file.")
    return " ".join(steps)
