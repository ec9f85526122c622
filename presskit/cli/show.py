"""``presskit show``."""

from __future__ import annotations

import click

from presskit.cli.common import echo_json, open_office, say_what_was_settled
from presskit.desk.find import Filed, rendition_path
from presskit.desk.find import show as show_release
from presskit.errors import ArchiveError

_ROLES = {"docx": "docx", "html": "page", "mail": "mail", "text": "text"}


@click.command()
@click.argument("reference")
@click.option("--open", "form", type=click.Choice(list(_ROLES)), help="Open it in its program.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
def show(context: click.Context, reference: str, form: str | None, as_json: bool) -> None:
    """Show the filed release REFERENCE: its data, its files, its text."""
    office = open_office(context)
    if form:
        path = rendition_path(office, reference, _ROLES[form])
        if click.launch(str(path)):
            raise ArchiveError(
                "no program of this machine opens {path}.", remedy="Open it by hand.", path=path
            )
        return
    filed = show_release(office, reference)
    say_what_was_settled(office)
    if as_json:
        echo_json(_as_json(filed))
    else:
        _echo(filed)


def _echo(filed: Filed) -> None:
    release = filed.release
    click.echo(f"{release.reference}, version {release.version}, {release.state}")
    click.echo(f"{release.title}\n")
    for label, value in (
        ("kind", release.kind),
        ("date", f"{release.date:%d.%m.%Y}"),
        ("Az", "; ".join(release.file_references)),
        ("contact", release.contact),
        ("sha256", release.sha256),
        ("folder", str(filed.folder)),
    ):
        if value:
            click.echo(f"  {label:8} {value}")
    for each in filed.files:
        click.echo(f"  {each.role:10} {each.path}  {each.size:,} bytes")
    click.echo(f"\n{filed.text}", nl=False)


def _as_json(filed: Filed) -> dict[str, object]:
    files = [
        {"path": each.path, "role": each.role, "size": each.size, "sha256": each.sha256}
        for each in filed.files
    ]
    return {**filed.release.as_json(), "files": files, "text": filed.text}
