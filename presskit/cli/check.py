"""``presskit check``."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from presskit.cli.common import count, echo_json, open_office
from presskit.desk.check import Checked, Finding, Fix, drafts_of, mend
from presskit.desk.check import check as check_draft

_COLOURS = {"fixed": "green", "error": "red", "warning": "yellow", "hint": "cyan"}
_MARGIN = 16  # where the messages begin


@click.command()
@click.argument("drafts", nargs=-1, metavar="[DRAFT]…", type=click.Path(path_type=Path))
@click.option("--fix", is_flag=True, help="Write the safe fixes into the drafts.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
def check(context: click.Context, drafts: tuple[Path, ...], fix: bool, as_json: bool) -> None:
    """Take a second look at each DRAFT (without one, at all of drafts/).

    Every finding says where, why and what to do. Exit code 1 where one forbids publishing. It
    publishes nothing and, without --fix, changes nothing.
    """
    office = open_office(context)
    look = mend if fix else check_draft
    done = [look(office, path) for path in drafts or drafts_of(office)]
    if as_json:
        echo_json([each for checked in done for each in _as_json(checked)])
    else:
        _echo(done)
    if not all(each.publishable for each in done):
        context.exit(1)


def _as_json(checked: Checked) -> Iterator[dict[str, object]]:
    for state, findings in (("fixed", checked.mended), ("open", checked.findings)):
        for each in findings:
            yield {"file": checked.shown, "state": state, **each.as_json()}


def _echo(done: Sequence[Checked]) -> None:
    for checked in done:
        click.secho(checked.shown, bold=True)
        for each in checked.mended:
            _echo_line(each, "fixed", f"{_shown(each.fix)} [{each.rule}]")
        for each in checked.findings:
            _echo_line(each, each.severity, f"{each.why} {each.remedy} [{each.rule}]")
        if not checked.findings:
            click.echo(f"{'':{_MARGIN}}nothing to say")
    click.echo(_summary(done))


def _echo_line(finding: Finding, weight: str, text: str) -> None:
    where = str(finding.line or "–")
    weight = click.style(f"{weight:7}", fg=_COLOURS[weight])
    click.echo(f"{where:>5}  {weight}  {_wrapped(text)}")


def _shown(fix: Fix | None) -> str:
    """``"Quartier" → „Quartier“``; blanks and invisible signs in quotes, so that they are seen."""
    texts = (fix.old, fix.new) if fix else ()
    return " → ".join(
        each if each.strip().isprintable() and each.strip() else ascii(each) for each in texts
    )


def _wrapped(text: str) -> str:
    """A message within the width of a terminal; one line where a program reads it."""
    if not sys.stdout.isatty():
        return text
    width = min(100, shutil.get_terminal_size().columns) - _MARGIN
    return f"\n{'':{_MARGIN}}".join(textwrap.wrap(text, max(30, width)))


def _summary(done: Sequence[Checked]) -> str:
    findings = [each for checked in done for each in checked.findings]
    parts = [
        count(number, name)
        for name in ("error", "warning", "hint")
        if (number := sum(each.severity == name for each in findings))
    ]
    fixable = sum(each.fix is not None for each in findings)
    mended = sum(len(checked.mended) for checked in done)
    text = f"{count(len(done), 'draft')}: {', '.join(parts) or 'nothing to say'}."
    if mended:
        text += f" {count(mended, 'fix', 'fixes')} written."
    if fixable:
        text += f" {count(fixable, 'finding')} can be mended with --fix."
    return text
