"""``presskit send``."""

from __future__ import annotations

from collections.abc import Sequence

import click

from presskit.cli.common import count, open_office, say_what_was_settled, who_option
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
    try:
        report = send_release(office, reference, lists, who, ProgressBar())
    except KeyboardInterrupt:
        raise _interrupted(plan_dispatch(office, reference, lists)) from None
    say_what_was_settled(office)
    _echo_report(report)


def _echo_plan(plan: DispatchPlan) -> None:
    filed = plan.filed
    click.echo(f"{filed.reference}, version {filed.version}: {filed.title}")
    click.echo(f"  subject  {filed.mail_subject}")
    click.echo(f"  by       {plan.way}")
    for each in plan.lists:
        number = sum(member.list.key == each.key for member in plan.newcomers)
        click.echo(f"  to       {each.title} ({each.key}): {number} new")
    if plan.open:
        click.echo(f"  goes on  with {len(plan.open)} who are still open")
    if plan.known:
        click.echo(f"  not to   {len(plan.known) - len(plan.open)} who are in the ledger already")
    if plan.audience.duplicates:
        click.echo(
            f"  folded   {count(plan.audience.duplicates, 'entry', 'entries')} of the same person"
        )
    for address, name in _readers(plan):
        click.echo(f"    {address}  {name}".rstrip())
    _echo_problems(plan)
    left_out = len(plan.audience.left_out)
    if left_out:
        click.echo(f"{count(left_out, 'row')} left out, see above.")
    click.echo(f"{count(plan.messages, 'message')} would leave. Nothing was sent.")


def _readers(plan: DispatchPlan) -> Sequence[tuple[str, str]]:
    return (
        *((each.address, each.name) for each in plan.open),
        *((each.recipient.address, each.recipient.full_name) for each in plan.newcomers),
    )


def _echo_problems(plan: DispatchPlan) -> None:
    for each in plan.audience.problems:
        effect = " Left out." if each.left_out else ""
        click.echo(f"presskit: {each}{effect}", err=True)


def _echo_report(report: Report) -> None:
    plan = report.after
    _echo_problems(plan)
    reference = plan.filed.reference
    click.echo(
        f"{reference} by {plan.way}: {report.sent} accepted now, "
        f"{plan.served} of {len(plan.audience.members)} on these lists have it."
    )
    for each in report.not_reached:
        click.echo(f"  {each.state}: {each.address}  {each.reply}".rstrip())
    if report.stopped:
        raise report.stopped
    if not report.whole:
        missing = len(report.not_reached) + len(plan.newcomers) + len(plan.audience.left_out)
        raise DispatchError("{missing}.", remedy=_remedy(report), missing=_not_all(missing))


def _interrupted(plan: DispatchPlan) -> DispatchError:
    under_way = sum(each.state == "claimed" for each in plan.known)
    return DispatchError(
        "stopped: {served} on these lists have it, {missing} do not or may not have it yet.",
        remedy="Run the same command again: it goes on where it stopped.",
        served=plan.served,
        missing=plan.messages + under_way,
    )


def _not_all(missing: int) -> str:
    return f"{missing} on these lists {'does' if missing == 1 else 'do'} not have it"


# What a person can do for those in a state; {n} is the dispatch they belong to.
_STEPS = {
    "uncertain": "The uncertain may have it: decide with `presskit dispatches resolve {n}`.",
    "refused": "Mend the refused addresses in their list, or try them again with "
    "`presskit dispatches resolve {n} --of refused --resend`.",
    "dropped": "The dropped were given up by your own word.",
}


def _remedy(report: Report) -> str:
    """The next step for each kind of those who were not reached."""
    steps = []
    if any(each.state in ("planned", "deferred") for each in report.not_reached):
        steps.append("Run the same command again later: it sends only what is open.")
    for state, step in _STEPS.items():
        numbers = sorted({each.dispatch_id for each in report.not_reached if each.state == state})
        if numbers:
            steps.append(step.format(n=numbers[0]))
    if report.after.audience.left_out:
        steps.append("Mend the rows named above in their list file.")
    return " ".join(steps)
