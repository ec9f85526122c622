"""``presskit import``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from presskit.cli.common import count, echo_json, open_office
from presskit.desk.importing import ImportPlan, carry_out_import, plan_import
from presskit.errors import PresskitError


@click.command("import")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE..."
)
@click.option("--dry-run", is_flag=True, help="Show what would be taken over; write nothing.")
@click.option(
    "--to", "folder", type=click.Path(path_type=Path), metavar="DIR", help="Default: drafts/."
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
def import_(
    context: click.Context,
    files: tuple[Path, ...],
    dry_run: bool,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Make drafts of Word files and of pages of past releases (text, HTML, PDF).

    Each value is shown with how sure it is and where it stood. It publishes and sends nothing, and
    writes over no draft.
    """
    office = open_office(context)
    target = folder or office.folder / "drafts"
    failed, told = 0, []
    for file in files:
        try:
            plan = plan_import(office, file, target)
            written = "" if dry_run else office.shown(carry_out_import(office, plan))
        except PresskitError as fault:
            failed += 1
            told.append({"file": str(file), "error": str(fault)})
            click.echo(f"presskit: {fault}", err=True)
            continue
        told.append(_as_json(plan, written))
        if not as_json:
            _show(plan, written)
    if as_json:
        echo_json(told)
    if failed:
        context.exit(1)


def _show(plan: ImportPlan, written: str) -> None:
    click.echo(f"{plan.source}")
    rows = [(each.key, each.confidence, str(each.line or ""), each.value) for each in plan.found]
    widths = [max((len(row[n]) for row in rows), default=0) for n in range(3)]
    for key, confidence, line, value in rows:
        click.echo(f"  {key:{widths[0]}}  {confidence:{widths[1]}}  {line:>{widths[2]}}  {value}")
    click.echo(f"  text: {count(len(plan.reading.text.blocks), 'block')}")
    for remark in plan.remarks:
        mark = "!" if remark.open else "-"
        text = f"{remark.sentence} {remark.remedy}".format(**remark.facts)
        click.echo(f"  {mark} [{remark.rule}] {text.strip()}")
    if written:
        click.echo(f"  Written to {written}; look at it with `presskit preview {written}`.")


def _as_json(plan: ImportPlan, written: str) -> dict[str, Any]:
    return {
        "file": str(plan.source),
        "draft": written,
        "fields": [
            {name: getattr(each, name) for name in ("key", "value", "confidence", "line", "source")}
            for each in plan.found
        ],
        "blocks": len(plan.reading.text.blocks),
        "pictures": sorted(plan.draft.pictures),
        "remarks": [
            {
                "rule": each.rule,
                "text": f"{each.sentence} {each.remedy}".format(**each.facts).strip(),
                "line": each.line,
                "open": each.open,
            }
            for each in plan.remarks
        ],
    }
