"""What several commands share: opening the office, naming who acts, showing progress."""

from __future__ import annotations

import getpass
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from presskit.office import Office, find_office

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def open_office(context: click.Context) -> Office:
    """The office this call serves."""
    named: str | None = context.find_root().obj
    office = Office.open(find_office(named, os.environ, Path.cwd()))
    context.call_on_close(office.close)
    return office


def say_what_was_settled(office: Office) -> None:
    """Tell what an earlier, stopped command left and what became of it."""
    for each in office.settled:
        click.echo(f"presskit: {each}.", err=True)


def who_option(command: Decorated) -> Decorated:
    """``--by NAME``, by default the person logged in."""
    return click.option(
        "--by", "who", metavar="NAME", default=_login, help="Who does it (default: your login)."
    )(command)


def echo_json(value: Any) -> None:
    """Values as JSON on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def count(number: int, one: str, many: str = "") -> str:
    """``1 message``, ``2 messages``."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"
